import { maxVersionLength, type Order } from './order.ts';
import { identifiers, toIdentifiersKey, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Dart's `pub_semver` reads it, which differs: build metadata counts, `1.0.0` being before `1.0.0+1`, and zeros may
 * lead a number. Identifiers such as `-1` and `0x1`, which Dart would take for numbers, are words here. https://dart.dev/tools/pub/versioning
 */
export const pub: Order<SortKey> = { id: 'pub', parse: parsePub, compare: compareSortKeys };

const shape = new RegExp(String.raw`^(\d+)\.(\d+)\.(\d+)(?:-(${identifiers}))?(?:\+(${identifiers}))?$`);
const maxNumber = 2n ** 63n - 1n;

function parsePub(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', prerelease, build] = match;
  if ([major, minor, patch].some((digits) => digits.length > 18 && BigInt(digits) > maxNumber)) return undefined;
  return toSemverKey([major, minor, patch], prerelease) + (build === undefined ? '' : toIdentifiersKey(build));
}
