import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * R's order, as `package_version` has it: at least two numbers of 31 bits, with dots or hyphens between them. All of them
 * count: `1.0` is before `1.0.0`. https://cran.r-project.org/doc/manuals/r-release/R-exts.html#The-DESCRIPTION-file
 */
export const cran: Order<SortKey> = { id: 'cran', parse: parseCran, compare: compareSortKeys };

const maxNumber = 2 ** 31 - 1;

function parseCran(text: string): SortKey | undefined {
  if (text.length > maxVersionLength || !/^\d+(?:[.-]\d+)+$/.test(text)) return undefined;
  const numbers = text.split(/[.-]/);
  return numbers.some((digits) => Number(digits) > maxNumber) ? undefined : numbers.map(toNumberKey).join('');
}
