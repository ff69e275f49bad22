import { type Comparison, maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed Maven version: lists within lists. `1.0-rc-2` is `[1, [rc, [2]]]`: nulls at the end of a list do not count. */
export type MavenVersion = readonly Item[];

type Item =
  | { readonly kind: 'number' | 'word'; readonly key: SortKey }
  | { readonly kind: 'list'; readonly items: Item[] };

/**
 * Maven's order, as ComparableVersion of Maven 3.9 has it, which reads any text as a version. It is no strict order:
 * `1.sp.1` < `1-alpha` < `1` < `1.sp.1`, so there is no key that could be compared as text. Refused is only what no
 * repository holds: nothing, control characters, bytes beyond ASCII.
 * https://maven.apache.org/pom.html#version-order-specification
 */
export const maven: Order<MavenVersion> = { id: 'maven', parse: parseMaven, compare: compareLists };

/** Known words, lowest first; all others come after them, by their letters. */
const words = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const aliases: Readonly<Record<string, string>> = { ga: '', final: '', release: '', cr: 'rc' };
/** These are short for words where a digit follows. */
const shortWords: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' };

const zeroKey = toNumberKey('0');
const releaseKey = toWordKey('');

function parseMaven(text: string): MavenVersion | undefined {
  if (text.length > maxVersionLength || !/^[ -~]*[!-~][ -~]*$/.test(text)) return undefined;
  const lists: Item[][] = [[]];
  for (const match of text.toLowerCase().matchAll(/(\d+|[^\d.-]+|)([.-]|$|)/g)) {
    const [whole, run = '', separator = ''] = match;
    const isAtEnd = match.index + whole.length === text.length;
    if (run !== '' || separator !== '') addRun(lists, run, separator, isAtEnd);
  }
  // The last list lies in the one before it, and so on: what is null at its end is dropped from within.
  for (const items of lists.toReversed()) dropNulls(items);
  return lists[0]!;
}

/** Each list lies at the end of the one before it. */
function addRun(lists: Item[][], run: string, separator: string, isAtEnd: boolean): void {
  const isWord = run !== '' && !/^\d/.test(run);
  const isBeforeDigit = isWord && separator === '' && !isAtEnd;
  // `1.rc1` and `1.rc` are `1-rc1` and `1-rc`, but `1.rc.1` is something else.
  if (isWord && separator === '' && lists.at(-1)!.length > 0) openList(lists);
  const key = isWord ? toWordKey(isBeforeDigit ? (shortWords[run] ?? run) : run) : toNumberKey(run);
  lists.at(-1)!.push({ kind: isWord ? 'word' : 'number', key });
  if (separator === '-' || (separator === '' && !isAtEnd)) openList(lists);
}

function openList(lists: Item[][]): void {
  const items: Item[] = [];
  lists.at(-1)!.push({ kind: 'list', items });
  lists.push(items);
}

/** Also nulls before lists at the end: `1.0.0-rc` is `1-rc`. */
function dropNulls(items: Item[]): void {
  for (let at = items.length - 1; at >= 0; at--) {
    const item = items[at]!;
    const isNull = item.kind === 'list' ? item.items.length === 0 : compareWithNothing(item) === 0;
    if (isNull) items.splice(at, 1);
    else if (item.kind !== 'list') return;
  }
}

function toWordKey(word: string): SortKey {
  const name = Object.hasOwn(aliases, word) ? aliases[word]! : word;
  const place = words.indexOf(name);
  return place < 0 ? `\x7f${name}` : String.fromCharCode(place);
}

function compareLists(a: MavenVersion, b: MavenVersion): Comparison {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const result = compareItems(a[at], b[at]);
    if (result !== 0) return result;
  }
  return 0;
}

const kinds = ['word', 'list', 'number'];

function compareItems(a: Item | undefined, b: Item | undefined): Comparison {
  if (a === undefined) return b === undefined ? 0 : turn(compareWithNothing(b));
  if (b === undefined) return compareWithNothing(a);
  if (a.kind === 'list' && b.kind === 'list') return compareLists(a.items, b.items);
  if (a.kind !== 'list' && a.kind === b.kind) return compareSortKeys(a.key, (b as typeof a).key);
  return kinds.indexOf(a.kind) < kinds.indexOf(b.kind) ? -1 : 1;
}

/** `1-rc` is before `1`, `1-sp` and `1.1` are after it. A list is what its first item is that makes a difference. */
function compareWithNothing(item: Item): Comparison {
  if (item.kind !== 'list') return compareSortKeys(item.key, item.kind === 'number' ? zeroKey : releaseKey);
  for (const inner of item.items) {
    const result = compareWithNothing(inner);
    if (result !== 0) return result;
  }
  return 0;
}

function turn(result: Comparison): Comparison {
  return result === 0 ? 0 : result === 1 ? -1 : 1;
}
