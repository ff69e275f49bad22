import { maxVersionLength, type Order } from './order.ts';
import { identifiers, toIdentifiersKey, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Julia's `VersionNumber` reads it, which differs: build metadata counts, `1.0.0` being before `1.0.0+1`, since it
 * tells apart the builds of a library in another language; minor and patch may be absent, as may the hyphen before a
 * pre-release; a `v` may lead, and zeros. Refused are `1.0-` and `1.0+`, which Julia has for the ends of ranges.
 * https://docs.julialang.org/en/v1/base/base/#Base.VersionNumber
 */
export const julia: Order<SortKey> = { id: 'julia', parse: parseJulia, compare: compareSortKeys };

const afterLetter = String.raw`[a-z][\da-z-]*(?:\.[\da-z-]+)*`;
const shape = new RegExp(
  String.raw`^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-(${identifiers})|(${afterLetter}))?(?:\+(${identifiers}))?$`,
  'i',
);
const maxNumber = 2 ** 32 - 1;

function parseJulia(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '0', patch = '0', afterHyphen, bare, build] = match;
  if ([major, minor, patch].some((digits) => Number(digits) > maxNumber)) return undefined;
  const prerelease = afterHyphen ?? bare;
  return toSemverKey([major, minor, patch], prerelease) + (build === undefined ? '' : toIdentifiersKey(build));
}
