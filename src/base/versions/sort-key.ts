import type { Comparison } from './order.ts';

/**
 * A version as text whose order by code units is the order of versions. It is made once, by `Order.parse`; after that a
 * comparison is one comparison of strings, whatever the ecosystem's rule. Not for display.
 */
export type SortKey = string;

/** Orders two keys of the same ecosystem. */
export function compareSortKeys(a: SortKey, b: SortKey): Comparison {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The part of a key that stands for a number of any size: how many digits it has, then those; leading zeros do not count. */
export function toNumberKey(digits: string): SortKey {
  let start = 0;
  while (digits.charCodeAt(start) === 0x30) start++;
  return String.fromCharCode(digits.length - start) + digits.slice(start);
}
