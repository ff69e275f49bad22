import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed Python version. */
export type Pep440Version = SortKey;

/**
 * Python's order with every spelling that it normalises: `v1.0-Alpha.1` is `1.0a1`. Local versions count. What `packaging`
 * refuses is refused, so the free-form versions that old packages bear cannot be compared.
 * https://packaging.python.org/en/latest/specifications/version-specifiers/
 */
export const pep440: Order<Pep440Version> = { id: 'pep440', parse: parsePep440, compare: compareSortKeys };

const epochAndRelease = String.raw`(?:(\d+)!)?(\d+(?:\.\d+)*)`;
const pre = String.raw`(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?(\d*))?`;
const post = String.raw`(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?`;
const dev = String.raw`(?:[-_.]?dev[-_.]?(\d*))?`;
const local = String.raw`(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?`;
const shape = new RegExp(String.raw`^[\t-\r ]*v?${epochAndRelease}${pre}${post}${dev}${local}[\t-\r ]*$`, 'i');

function parsePep440(text: string): Pep440Version | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, epoch = '', numbers = '', preName, preNumber = '', bareNumber, postNumber = bareNumber, devNumber, rest] =
    match;
  const isDevOnly = preName === undefined && postNumber === undefined && devNumber !== undefined;
  return (
    toNumberKey(epoch) +
    toReleaseKey(numbers) +
    (preName === undefined ? (isDevOnly ? '\x00' : '\x04') : toPreKey(preName) + toNumberKey(preNumber)) +
    (postNumber === undefined ? '\x00' : `\x01${toNumberKey(postNumber)}`) +
    (devNumber === undefined ? '\x01' : `\x00${toNumberKey(devNumber)}`) +
    toLocalKey(rest)
  );
}

/** Zeros at the end do not count: `1.0` is `1`. */
function toReleaseKey(numbers: string): SortKey {
  const parts = numbers.split('.');
  while (parts.length > 1 && /^0+$/.test(parts.at(-1)!)) parts.pop();
  return `${parts.map((digits) => `\x01${toNumberKey(digits)}`).join('')}\0`;
}

/** Between 0, a development release of the version itself, and 4, no pre-release. */
function toPreKey(name: string): SortKey {
  const first = name[0]!.toLowerCase();
  return first === 'a' ? '\x01' : first === 'b' ? '\x02' : '\x03';
}

/** Part by part: words are before numbers, and a version that ends before one that goes on. */
function toLocalKey(rest: string | undefined): SortKey {
  if (rest === undefined) return '\0';
  const parts = rest.toLowerCase().split(/[-_.]/);
  return `${parts.map((part) => (/^\d+$/.test(part) ? `\x02${toNumberKey(part)}` : `\x01${part}\0`)).join('')}\0`;
}
