import { type SortKey, toNumberKey } from './sort-key.ts';

/** Dot-separated identifiers of a pre-release or of build metadata. */
export const identifiers = String.raw`[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)*`;

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
