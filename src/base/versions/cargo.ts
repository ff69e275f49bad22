import type { Order } from './order.ts';
import { isUint64, readSemver, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Cargo reads it: nothing around it, and numbers up to 2^64 - 1. Build metadata does not count, as in Cargo's
 * requirements and in OSV's ranges; only where Cargo chooses among versions does it put `1.0.0+2` after `1.0.0+1`.
 * https://doc.rust-lang.org/cargo/reference/manifest.html#the-version-field
 */
export const cargo: Order<SortKey> = { id: 'cargo', parse: parseCargo, compare: compareSortKeys };

function parseCargo(text: string): SortKey | undefined {
  const parts = readSemver(text);
  return parts?.numbers.every(isUint64) ? toSemverKey(parts.numbers, parts.prerelease) : undefined;
}
