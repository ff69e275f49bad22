import { maxVersionLength, type Order } from './order.ts';
import { toPaddedKey } from './padded-key.ts';
import { compareSortKeys, type SortKey } from './sort-key.ts';

/** A parsed version of a gem. */
export type GemVersion = SortKey;

/**
 * RubyGems' order, as `Gem::Version` has it: words are before numbers, so `1.0.rc1` is before `1.0`; zeros at the end, and before
 * the first word, do not count; a hyphen is `.pre.`. Unlike RubyGems it knows no empty version.
 * https://docs.ruby-lang.org/en/master/Gem/Version.html
 */
export const gem: Order<GemVersion> = { id: 'gem', parse: parseGem, compare: compareSortKeys };

const shape = /^\d+(?:\.[\da-z]+)*(?:-[\da-z-]+(?:\.[\da-z-]+)*)?$/i;
const space = /^[\t-\r ]+|[\t-\r ]+$/g;

function parseGem(text: string): GemVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const version = text.replace(space, '');
  if (!shape.test(version)) return undefined;
  const parts: string[] = version.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? [];
  const firstWord = parts.findIndex((part) => /^\D/.test(part));
  const numbers = firstWord < 0 ? parts : parts.slice(0, firstWord);
  while (numbers.length > 0 && /^0+$/.test(numbers.at(-1)!)) numbers.pop();
  return toPaddedKey(firstWord < 0 ? numbers : [...numbers, ...parts.slice(firstWord)]);
}
