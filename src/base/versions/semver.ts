import { maxVersionLength, type Order } from './order.ts';
import { hasLeadingZero, identifiers, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/** A parsed semantic version. */
export type SemverVersion = SortKey;

/**
 * The order of SemVer 2.0, for npm and for OSV's SEMVER ranges. Accepted is exactly what npm's `semver.valid` accepts
 * without `loose`: white space around it and one leading `v`, but neither `=` nor a missing number nor a number over
 * 2^53 - 1. Build metadata does not count. Long numbers in a pre-release are compared exactly, as the specification
 * says, where npm rounds those over 2^53. https://semver.org/#spec-item-11
 */
export const semver: Order<SemverVersion> = { id: 'semver', parse: parseSemver, compare: compareSortKeys };

const shape = new RegExp(String.raw`^v?(\d{1,16})\.(\d{1,16})\.(\d{1,16})(?:-(${identifiers}))?(?:\+${identifiers})?$`);

function parseSemver(text: string): SemverVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const [, major, minor, patch, prerelease] = shape.exec(text.trim()) ?? [];
  if (!isNumber(major) || !isNumber(minor) || !isNumber(patch)) return undefined;
  if (prerelease?.split('.').some(hasLeadingZero)) return undefined;
  return toSemverKey([major, minor, patch], prerelease);
}

function isNumber(digits: string | undefined): digits is string {
  return digits !== undefined && !hasLeadingZero(digits) && Number.isSafeInteger(Number(digits));
}
