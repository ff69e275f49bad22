import { maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * Gentoo's order, `numbers{letter}{_suffix{number}}{-r number}`. A number after the first that starts with 0 is a fraction; a
 * revision of 0 is none. https://projects.gentoo.org/pms/8/pms.html#x1-260003.3
 */
export const portage: Order<SortKey> = { id: 'portage', parse: parsePortage, compare: compareSortKeys };

const shape = /^(\d+)((?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|p)\d*)*)(?:-r(\d+))?$/;

/** Lowest first; a version that ends is before `_p` and after all other suffixes. */
const suffixes: Readonly<Record<string, string>> = { alpha: '\x01', beta: '\x02', pre: '\x03', rc: '\x04', p: '\x06' };
const end = '\x05';

function parsePortage(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, first = '', others = '', letter = '', list = '', revision = ''] = match;
  let key = toNumberKey(first);
  for (const digits of others.split('.').slice(1)) key += toLaterNumberKey(digits);
  key += `\0${letter}\0`;
  for (const suffix of list.split('_').slice(1)) {
    const name = suffix.replace(/\d+$/, '');
    key += suffixes[name] + toNumberKey(suffix.slice(name.length));
  }
  return key + end + toNumberKey(revision);
}

/** A fraction is before every number that is none; its zeros at the end do not count. */
function toLaterNumberKey(digits: string): SortKey {
  return digits.startsWith('0') ? `\x01${digits.replace(/0+$/, '')}\0` : `\x02${toNumberKey(digits)}`;
}
