import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed Debian version. */
export type DebVersion = SortKey;

/**
 * Debian's order, as `dpkg --compare-versions` has it. Refused is what dpkg refuses: no version at all, an epoch that is not
 * a number from 0 to 2147483647, nothing after the epoch, an empty upstream version or revision, white space inside. Like
 * dpkg it compares, though it warns of them, versions that do not start with a digit or hold characters outside the
 * policy's set; but not control characters and bytes beyond ASCII, where dpkg's answer depends on the machine. Unlike
 * dpkg it knows no empty version that is before all others.
 * https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export const deb: Order<DebVersion> = { id: 'deb', parse: parseDebVersion, compare: compareSortKeys };

const maxEpoch = 0x7fff_ffff;
const printable = /^[!-~]+$/;
const epochNumber = /^[+-]?\d+$/;

function parseDebVersion(text: string): DebVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const version = text.trim();
  if (!printable.test(version)) return undefined;
  const colon = version.indexOf(':');
  const epoch = colon < 0 ? '0' : version.slice(0, colon);
  const hyphen = version.lastIndexOf('-');
  const hasRevision = hyphen > colon;
  const upstream = version.slice(colon + 1, hasRevision ? hyphen : undefined);
  const revision = hasRevision ? version.slice(hyphen + 1) : '0';
  if (!isEpoch(epoch) || upstream === '' || revision === '') return undefined;
  return toNumberKey(epoch.replace(/^[+-]/, '')) + toPartKey(upstream) + toPartKey(revision);
}

/** dpkg reads it with strtol, so `+1` is an epoch, and `-0` too. */
function isEpoch(text: string): boolean {
  const value = epochNumber.test(text) ? Number(text) : -1;
  return value >= 0 && value <= maxEpoch;
}

/** Ends a run of non-digits; between `~`, which is before the end of a part, and all other characters. */
const runEnd = '\x02';

/**
 * Runs of non-digits and numbers in turn, as dpkg compares them. The first run may be empty, and a part that ends with a
 * run has a 0 after it: `1.` is `1.0`.
 */
function toPartKey(part: string): SortKey {
  let key = '';
  let at = 0;
  do {
    for (; at < part.length && !isDigit(part, at); at++) key += toCharacterKey(part.charCodeAt(at));
    const start = at;
    while (isDigit(part, at)) at++;
    key += runEnd + toNumberKey(part.slice(start, at));
  } while (at < part.length);
  return key + runEnd;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** `~` is before everything, letters are before all other characters. */
function toCharacterKey(code: number): string {
  if (code === 0x7e) return '\x01';
  const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return String.fromCharCode(letter ? code : code + 0x80);
}
