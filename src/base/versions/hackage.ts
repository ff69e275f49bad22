import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * Cabal's order, for Hackage and GHC: numbers of up to nine digits without leading zeros. All of them count: `1.0` is before
 * `1.0.0`. Tags (`1.0-beta`), long deprecated, are read and do not count. https://hackage.haskell.org/package/Cabal-syntax/docs/Distribution-Version.html
 */
export const hackage: Order<SortKey> = { id: 'hackage', parse: parseHackage, compare: compareSortKeys };

const shape = /^((?:0|[1-9]\d{0,8})(?:\.(?:0|[1-9]\d{0,8}))*)(?:-[\dA-Za-z]+)*$/;

function parseHackage(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  return shape
    .exec(text.replace(/[\t-\r ]+$/, ''))?.[1]
    ?.split('.')
    .map(toNumberKey)
    .join('');
}
