import type { Order } from './order.ts';
import { isUint64, readSemver, toIdentifiersKey } from './semver-key.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * SemVer as Bitnami uses it: what would be a pre-release is a revision, and so after the version without one. Build metadata does
 * not count. Long numbers in a revision are compared exactly, as the specification says. https://github.com/bitnami/go-version
 */
export const bitnami: Order<SortKey> = { id: 'bitnami', parse: parseBitnami, compare: compareSortKeys };

function parseBitnami(text: string): SortKey | undefined {
  const parts = readSemver(text);
  if (!parts?.numbers.every(isUint64)) return undefined;
  const revision = parts.prerelease === undefined ? '' : toIdentifiersKey(parts.prerelease);
  return parts.numbers.map(toNumberKey).join('') + revision;
}
