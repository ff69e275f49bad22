import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed Alpine version. */
export type ApkVersion = SortKey;

/**
 * The order of apk-tools, `digits{.digits}{letter}{_suffix{number}}{~hash}{-r number}`, as its version 3 reads it; 2.14
 * accepts more (`1.`, `1.0_`, `1-r`) but orders what both accept alike. Versions before 2.14 differ where a later number is
 * all zeros (`1.0` and `1.00`). Numbers have any size here, where apk-tools wraps round at 64 bits.
 * https://gitlab.alpinelinux.org/alpine/apk-tools/-/blob/master/doc/apk-package.5.scd
 */
export const apk: Order<ApkVersion> = { id: 'apk', parse: parseApkVersion, compare: compareSortKeys };

const shape =
  /^(\d+)((?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:~([\da-f]+))?(?:-r(\d+))?$/;

/**
 * What may stand in one place of two versions that are equal so far, lowest first: suffixes of a version to come, the end,
 * and whatever makes a version later than one that ends here.
 */
const place = {
  alpha: '\x01',
  beta: '\x02',
  pre: '\x03',
  rc: '\x04',
  end: '\x05',
  revision: '\x06',
  hash: '\x07',
  suffixNumber: '\x08',
  cvs: '\x09',
  svn: '\x0a',
  git: '\x0b',
  hg: '\x0c',
  p: '\x0d',
  letter: '\x0e',
  number: '\x0f',
} as const;

function parseApkVersion(text: string): ApkVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const [, first = '', others = '', letter = '', suffixes = '', hash, revision] = shape.exec(text) ?? [];
  if (first === '') return undefined;
  let key = toNumberKey(first);
  for (const digits of others.split('.').slice(1)) key += place.number + toLaterNumberKey(digits);
  if (letter !== '') key += place.letter + letter;
  for (const suffix of suffixes.split('_').slice(1)) key += toSuffixKey(suffix);
  if (hash !== undefined) key += `${place.hash}${hash}\0`;
  if (revision !== undefined) key += place.revision + toNumberKey(revision);
  return key + place.end;
}

/** A number after the first that starts with 0 is a fraction: it is compared as text, and before every other number. */
function toLaterNumberKey(digits: string): SortKey {
  return digits.startsWith('0') ? `\x01${digits}\0` : `\x02${toNumberKey(digits)}`;
}

function toSuffixKey(suffix: string): SortKey {
  const name = suffix.replace(/\d+$/, '');
  const number = suffix.slice(name.length);
  const key = place[name as keyof typeof place];
  return number === '' ? key : key + place.suffixNumber + toNumberKey(number);
}
