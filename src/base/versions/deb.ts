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

/** A key is put together here and made a string at once: in a new process, text that grows character by character takes 1.4 times as long. */
const codes = new Uint16Array(4 * maxVersionLength);

function parseDebVersion(text: string): DebVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const version = text.trim();
  const colon = version.indexOf(':');
  // Most have no epoch, which is the epoch 0.
  const epoch = colon < 0 ? '\0' : toEpochKey(version.slice(0, colon));
  const hyphen = version.lastIndexOf('-');
  const upstreamEnd = hyphen > colon ? hyphen : version.length;
  const isEmpty = upstreamEnd === colon + 1 || (hyphen >= 0 && hyphen === version.length - 1);
  if (epoch === undefined || isEmpty) return undefined;
  const length = putPart(version, colon + 1, upstreamEnd, 0);
  if (length < 0) return undefined;
  const end = hyphen > colon ? putPart(version, hyphen + 1, version.length, length) : putPart('0', 0, 1, length);
  if (end < 0) return undefined;
  return epoch + String.fromCharCode.apply(undefined, codes.subarray(0, end) as unknown as number[]);
}

/** dpkg reads it with strtol, so `+1` is an epoch, and `-0` too. */
function toEpochKey(text: string): SortKey | undefined {
  const value = /^[+-]?\d+$/.test(text) ? Number(text) : -1;
  return value >= 0 && value <= maxEpoch ? toNumberKey(text.replace(/^[+-]/, '')) : undefined;
}

/** Ends a run of non-digits; between `~`, which is before the end of a part, and all other characters. */
const runEnd = 2;

/**
 * Runs of non-digits and numbers in turn, as dpkg compares them. The first run may be empty, and a part that ends with a
 * run has a 0 after it: `1.` is `1.0`. Numbers are as `toNumberKey` makes them. Answers where the key ends; -1 where a
 * character may not be.
 */
function putPart(text: string, start: number, end: number, to: number): number {
  let at = start;
  let length = to;
  do {
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code >= zero && code <= nine) break;
      const key = characterKeys[code];
      if (!key) return -1;
      codes[length++] = key;
    }
    codes[length++] = runEnd;
    while (at < end && text.charCodeAt(at) === zero) at++;
    const digits = length++;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code < zero || code > nine) break;
      codes[length++] = code;
    }
    codes[digits] = length - digits - 1;
  } while (at < end);
  codes[length++] = runEnd;
  return length;
}

const zero = 0x30;
const nine = 0x39;

/** Of each printable character of ASCII: `~` is before everything, letters are before all other characters. */
const characterKeys = Uint16Array.from({ length: 0x7f }, (_, code) => {
  if (code <= 0x20) return 0;
  if (code === 0x7e) return 1;
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return isLetter ? code : code + 0x80;
});
