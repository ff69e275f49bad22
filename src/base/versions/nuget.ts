import { maxVersionLength, type Order } from './order.ts';
import { identifiers } from './semver-key.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed NuGet version. */
export type NugetVersion = SortKey;

/**
 * NuGet's order: one to four numbers of 32 bits, missing ones being 0, then a pre-release as in SemVer, but without regard to
 * case. Build metadata does not count. https://learn.microsoft.com/en-us/nuget/concepts/package-versioning
 */
export const nuget: Order<NugetVersion> = { id: 'nuget', parse: parseNuget, compare: compareSortKeys };

const number = String.raw`[\t-\r ]*(\d+)[\t-\r ]*`;
const shape = new RegExp(
  String.raw`^${number}(?:\.${number}(?:\.${number}(?:\.${number})?)?)?(?:-(${identifiers}))?(?:\+${identifiers})?$`,
);
const maxNumber = 2 ** 31 - 1;

const end = '\x01';
const numeric = '\x02';
const alphanumeric = '\x03';
const release = '\x04';

function parseNuget(text: string): NugetVersion | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text.trim());
  if (match === null) return undefined;
  const numbers = match.slice(1, 5).map((digits = '0') => digits);
  if (numbers.some((digits) => Number(digits) > maxNumber)) return undefined;
  const tail = match[5] === undefined ? release : toPrereleaseKey(match[5]);
  return tail && numbers.map(toNumberKey).join('') + tail;
}

/** NuGet reads a label as a number of 32 bits where it can, `-1` too; everything else is a word. */
function toPrereleaseKey(prerelease: string): SortKey | undefined {
  let key = '';
  for (const label of prerelease.toUpperCase().split('.')) {
    if (/^0\d+$/.test(label)) return undefined;
    const fromLowest = /^-?\d+$/.test(label) ? Number(label) + 2 ** 31 : -1;
    const isNumber = fromLowest >= 0 && fromLowest < 2 ** 32;
    key += isNumber
      ? numeric + String.fromCharCode(fromLowest >>> 16, fromLowest & 0xffff)
      : `${alphanumeric}${label}\0`;
  }
  return key + end;
}
