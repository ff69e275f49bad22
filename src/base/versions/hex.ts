import { maxVersionLength, type Order } from './order.ts';
import { hasLeadingZero, identifiers, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Elixir's `Version`, and so Hex, reads it: nothing around it, numbers of any size. Build metadata does not count.
 * https://hexdocs.pm/elixir/Version.html
 */
export const hex: Order<SortKey> = { id: 'hex', parse: parseHex, compare: compareSortKeys };

const number = String.raw`(0|[1-9]\d*)`;
const shape = new RegExp(String.raw`^${number}\.${number}\.${number}(?:-(${identifiers}))?(?:\+${identifiers})?$`);

function parseHex(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, major = '', minor = '', patch = '', prerelease] = match;
  if (prerelease?.split('.').some(hasLeadingZero)) return undefined;
  return toSemverKey([major, minor, patch], prerelease);
}
