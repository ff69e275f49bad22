import type { Order } from './order.ts';
import { readSemver, toSemverKey } from './semver-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/**
 * SemVer as Elixir's `Version`, and so Hex, reads it: nothing around it, numbers of any size. Build metadata does not count.
 * https://hexdocs.pm/elixir/Version.html
 */
export const hex: Order<SortKey> = { id: 'hex', parse: parseHex, compare: compareSortKeys };

function parseHex(text: string): SortKey | undefined {
  const parts = readSemver(text);
  return parts && toSemverKey(parts.numbers, parts.prerelease);
}
