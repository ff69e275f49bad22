import { type Comparison, maxVersionLength, type Order } from './order.ts';

/** A parsed Conan version. */
export interface ConanVersion {
  readonly items: readonly Item[];
  readonly prerelease?: readonly Item[];
  readonly build?: readonly Item[];
}

type Item = bigint | string;

/**
 * Conan 2's order: items between dots, then a pre-release after `-`, a build after `+`. Numbers are compared as numbers, but a
 * number and a word as text, which is no strict order: `100` < `1a` < `20` < `100`. So there is no key that could be compared
 * as text. Conan itself reads any text; refused here are control characters, white space, bytes beyond ASCII.
 * https://docs.conan.io/2/reference/conanfile/attributes.html#version
 */
export const conan: Order<ConanVersion> = { id: 'conan', parse: parseConan, compare: compareConan };

function parseConan(text: string): ConanVersion | undefined {
  if (text.length > maxVersionLength || !/^[!-~]+$/.test(text)) return undefined;
  const plus = text.lastIndexOf('+');
  const beforeBuild = plus < 0 ? text : text.slice(0, plus);
  const hyphen = beforeBuild.indexOf('-');
  return {
    items: toItems(hyphen < 0 ? beforeBuild : beforeBuild.slice(0, hyphen)),
    ...(hyphen < 0 ? {} : { prerelease: toItems(beforeBuild.slice(hyphen + 1)) }),
    ...(plus < 0 ? {} : { build: toItems(text.slice(plus + 1)) }),
  };
}

/** Zeros at the end do not count. Conan reads numbers as Python does: `1_000`, `+1`. */
function toItems(list: string): Item[] {
  const items = list.split('.').map((item) => (/^[+-]?\d+(?:_\d+)*$/.test(item) ? toNumber(item) : item));
  while (items.at(-1) === 0n) items.pop();
  return items;
}

function toNumber(item: string): bigint {
  const digits = BigInt(item.replace(/[+_-]/g, ''));
  return item.startsWith('-') ? -digits : digits;
}

/** A pre-release is before its version, whatever the builds are; otherwise the build counts last. */
function compareConan(a: ConanVersion, b: ConanVersion): Comparison {
  const byItems = compareItems(a.items, b.items);
  if (byItems !== 0) return byItems;
  if (a.prerelease === undefined || b.prerelease === undefined) {
    if (a.prerelease !== b.prerelease) return a.prerelease === undefined ? 1 : -1;
    return compareOptional(a.build, b.build);
  }
  return compareOptional(a.prerelease, b.prerelease) || compareOptional(a.build, b.build);
}

function compareOptional(a: readonly Item[] | undefined, b: readonly Item[] | undefined): Comparison {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  return compareItems(a, b);
}

function compareItems(a: readonly Item[], b: readonly Item[]): Comparison {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const left = a[at];
    const right = b[at];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    const isMixed = typeof left !== typeof right;
    const result = isMixed ? compare(String(left), String(right)) : compare(left, right);
    if (left !== right && result !== 0) return result;
    if (isMixed) return 0;
  }
  return 0;
}

function compare(a: Item, b: Item): Comparison {
  return a < b ? -1 : a > b ? 1 : 0;
}
