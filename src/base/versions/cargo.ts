import { maxVersionLength, type Order } from './order.ts';
import { hasLeadingZero, identifiers, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Cargo reads it: nothing around it, and numbers up to 2^64 - 1. Build metadata does not count, as in Cargo's
 * requirements and in OSV's ranges; only where Cargo chooses among versions does it put `1.0.0+2` after `1.0.0+1`.
 * https://doc.rust-lang.org/cargo/reference/manifest.html#the-version-field
 */
export const cargo: Order<SortKey> = { id: 'cargo', parse: parseCargo, compare: compareSortKeys };

const number = String.raw`(0|[1-9]\d{0,19})`;
const shape = new RegExp(String.raw`^${number}\.${number}\.${number}(?:-(${identifiers}))?(?:\+${identifiers})?$`);
const maxNumber = 2n ** 64n - 1n;

function parseCargo(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', prerelease] = match;
  if ([major, minor, patch].some((digits) => digits.length === 20 && BigInt(digits) > maxNumber)) return undefined;
  if (prerelease?.split('.').some(hasLeadingZero)) return undefined;
  return toSemverKey([major, minor, patch], prerelease);
}
