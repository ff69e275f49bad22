import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed semantic version. */
export type SemverVersion = SortKey;

/**
 * The order of SemVer 2.0, for npm and for OSV's SEMVER ranges. Accepted is exactly what npm's `semver.valid` accepts
 * without `loose`: white space around it and one leading `v`, but neither `=` nor a missing number nor a number over
 * 2^53 - 1. Build metadata does not count. Long numbers in a pre-release are compared exactly, as the specification
 * says, where npm rounds those over 2^53. https://semver.org/#spec-item-11
 */
export const semver: Order<SemverVersion> = { id: 'semver', parse: parseSemver, compare: compareSortKeys };

const shape = /^v?(\d{1,16})\.(\d{1,16})\.(\d{1,16})(?:-([\dA-Za-z.-]+))?(?:\+([\dA-Za-z.-]+))?$/;

/** What follows the three numbers, or an identifier of the pre-release; lowest first. */
const end = '\x01';
const numeric = '\x02';
const alphanumeric = '\x03';
const release = '\x04';

function parseSemver(text: string): SemverVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const [, major, minor, patch, prerelease, build] = shape.exec(text.trim()) ?? [];
  if (!isNumber(major) || !isNumber(minor) || !isNumber(patch)) return undefined;
  if (build?.split('.').includes('')) return undefined;
  const tail = prerelease === undefined ? release : toPrereleaseKey(prerelease);
  return tail && toNumberKey(major) + toNumberKey(minor) + toNumberKey(patch) + tail;
}

function isNumber(digits: string | undefined): digits is string {
  return digits !== undefined && !hasLeadingZero(digits) && Number.isSafeInteger(Number(digits));
}

function hasLeadingZero(digits: string): boolean {
  return digits.length > 1 && digits.startsWith('0');
}

function toPrereleaseKey(prerelease: string): SortKey | undefined {
  let key = '';
  for (const identifier of prerelease.split('.')) {
    if (!/^\d+$/.test(identifier)) key += `${alphanumeric}${identifier}\0`;
    else if (hasLeadingZero(identifier)) return undefined;
    else key += numeric + toNumberKey(identifier);
    if (identifier === '') return undefined;
  }
  return key + end;
}
