import { maxVersionLength } from './order.ts';
import { type SortKey, toNumberKey } from './sort-key.ts';

/** Dot-separated identifiers of a pre-release or of build metadata. */
export const identifiers = String.raw`[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*`;

/** The parts of a semantic version that count. */
export interface SemverParts {
  /** Major, minor, patch: digits without leading zeros. */
  readonly numbers: readonly string[];
  readonly prerelease: string | undefined;
}

const number = String.raw`(0|[1-9]\d*)`;
const shape = new RegExp(String.raw`^${number}\.${number}\.${number}(?:-(${identifiers}))?(?:\+${identifiers})?$`);

/** Reads text that is a semantic version by the letter: nothing around it, numbers of any size. https://semver.org/#spec-item-2 */
export function readSemver(text: string): SemverParts | undefined {
  const match = text.length > maxVersionLength ? null : shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', prerelease] = match;
  return prerelease?.split('.').some(hasLeadingZero) ? undefined : { numbers: [major, minor, patch], prerelease };
}

const maxUint64 = 2n ** 64n - 1n;

/** Whether a program that keeps numbers in 64 bits can keep this one. */
export function isUint64(digits: string): boolean {
  return digits.length < 20 || BigInt(digits) <= maxUint64;
}

/** What follows the numbers, or an identifier of the pre-release; lowest first. */
const end = '\x01';
const numeric = '\x02';
const alphanumeric = '\x03';
const release = '\x04';

/** The key by SemVer's precedence of three numbers and a pre-release, undefined where there is none. https://semver.org/#spec-item-11 */
export function toSemverKey(numbers: readonly string[], prerelease: string | undefined): SortKey {
  const tail = prerelease === undefined ? release : toIdentifiersKey(prerelease);
  return numbers.map(toNumberKey).join('') + tail;
}

/** Part by part: numbers are before words, and a list that ends before one that goes on. */
export function toIdentifiersKey(list: string): SortKey {
  let key = '';
  for (const identifier of list.split('.')) {
    key += isDigits(identifier) ? numeric + toNumberKey(identifier) : `${alphanumeric}${identifier}\0`;
  }
  return key + end;
}

/** Whether a number is written with zeros that SemVer does not allow: `01`, but not `0` or `01a`. */
export function hasLeadingZero(text: string): boolean {
  return text.length > 1 && text.startsWith('0') && isDigits(text);
}

function isDigits(text: string): boolean {
  return /^\d+$/.test(text);
}
