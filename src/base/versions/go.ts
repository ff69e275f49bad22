import { maxVersionLength, type Order } from './order.ts';
import { hasLeadingZero, identifiers, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Go's modules use it. `v1` and `v1.2` stand for `v1.0.0` and `v1.2.0`. The `v` may be absent, as it is in OSV's
 * ranges. Pseudo-versions are pre-releases; `+incompatible` and other build metadata do not count. Names of toolchains
 * (`go1.21rc1`) are not versions of this order. https://go.dev/ref/mod#versions
 */
export const go: Order<SortKey> = { id: 'go', parse: parseGo, compare: compareSortKeys };

const number = String.raw`(0|[1-9]\d*)`;
const shape = new RegExp(
  String.raw`^v?${number}(?:\.${number}(?:\.${number}(?:-(${identifiers}))?(?:\+${identifiers})?)?)?$`,
);

function parseGo(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '0', patch = '0', prerelease] = match;
  if (prerelease?.split('.').some(hasLeadingZero)) return undefined;
  return toSemverKey([major, minor, patch], prerelease);
}
