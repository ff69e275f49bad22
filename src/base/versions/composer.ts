import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed Composer version. */
export type ComposerVersion = SortKey;

/**
 * Composer's order, as its library `composer/semver` normalises versions and PHP's `version_compare` orders them: up to four
 * numbers or a date, a stability, `-dev`. Branches (`dev-main`) have no place in it and are refused, but numbered ones do:
 * `2.x-dev` is after all of 2. Build metadata does not count. https://getcomposer.org/doc/articles/versions.md
 */
export const composer: Order<ComposerVersion> = { id: 'composer', parse: parseComposer, compare: compareSortKeys };

/** What may stand in one place of two versions that are equal so far, lowest first. */
const dev = '\x01';
const stabilities: Readonly<Record<string, string>> = {
  alpha: '\x02',
  a: '\x02',
  beta: '\x03',
  b: '\x03',
  rc: '\x04',
  patch: '\x07',
  pl: '\x07',
  p: '\x07',
};
const end = '\x05';
const number = '\x06';

const modifier = String.raw`[._-]?(?:(stable|beta|b|RC|alpha|a|patch|pl|p)((?:[.-]?\d+)*)?)?([.-]?dev)?`;
const classical = new RegExp(String.raw`^v?(\d{1,5}(?:\.\d+){0,3})${modifier}$`, 'i');
const dated = new RegExp(String.raw`^v?(\d{4}(?:[.:-]?\d{2}){1,6}(?:[.:-]?\d{1,3})?)${modifier}$`, 'i');
const branch = /^v?(\d+(?:\.(?:\d+|[x*])){0,3})[.-]?dev$/i;

function parseComposer(text: string): ComposerVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const version = toBareVersion(text);
  const numbered = classical.exec(version);
  if (numbered !== null) return toKey(toFour(numbered[1]!.split('.'), '0'), numbered);
  const date = dated.exec(version);
  if (date !== null) return toKey(date[1]!.split(/\D/), date);
  const digits = branch.exec(version)?.[1];
  return digits && toNumbersKey(toFour(digits.split('.'), 'x')) + dev + end;
}

/** Without what it is an alias for, a stability flag, build metadata. */
function toBareVersion(text: string): string {
  const version = text.trim().replace(/^([^,\s]+) +as +[^,\s]+$/, '$1');
  return version.replace(/@(?:stable|RC|beta|alpha|dev)$/i, '').replace(/^([^,\s+]+)\+[^\s]+$/, '$1');
}

function toFour(numbers: readonly string[], filler: string): string[] {
  return [...numbers, filler, filler, filler].slice(0, 4);
}

function toKey(
  numbers: readonly string[],
  [, , stability = '', suffix = '', isDev]: readonly (string | undefined)[],
): SortKey {
  const key = toNumbersKey(numbers);
  const name = stability.toLowerCase();
  if (name === 'stable') return key + end;
  const suffixKey = name === '' ? '' : stabilities[name] + toNumbersKey(suffix.match(/\d+/g) ?? []);
  return key + suffixKey + (isDev ? dev : '') + end;
}

const maxNumber = '9223372036854775807';

/** An `x` is as high as Composer writes it; PHP's numbers end at 63 bits. */
function toNumbersKey(numbers: readonly string[]): SortKey {
  return numbers.map((digits) => number + toNumberKey(/\D/.test(digits) ? '9999999' : clamp(digits))).join('');
}

function clamp(digits: string): string {
  return digits.length > 18 && BigInt(digits) > BigInt(maxNumber) ? maxNumber : digits;
}
