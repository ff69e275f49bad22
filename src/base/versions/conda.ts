import { maxVersionLength, type Order } from './order.ts';
import { joinPadded, type PaddedPart, toPaddedNumber } from './padded-key.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/**
 * conda's order, `epoch!version+local`: parts between dots and underscores, each of numbers and words in turn, all compared as if
 * zeros without end followed. `dev` is before every other word, words are before numbers, `post` is after them. A letter of
 * either case is one. https://docs.conda.io/projects/conda/en/stable/user-guide/concepts/pkg-specs.html#version-ordering
 */
export const conda: Order<SortKey> = { id: 'conda', parse: parseConda, compare: compareSortKeys };

const list = String.raw`[\da-z]+(?:[._-][\da-z]+)*`;
const shape = new RegExp(String.raw`^(?:(\d+)!)?(${list})([_-]?)(?:\+(${list}))?$`, 'i');
const maxNumber = 2n ** 64n - 1n;

function parseConda(text: string): SortKey | undefined {
  if (text.length > maxVersionLength) return undefined;
  const match = shape.exec(text.toLowerCase());
  if (match === null) return undefined;
  const [, epoch = '', version = '', underscore = '', local] = match;
  if (/-.*_|_.*-/.test(version + underscore)) return undefined;
  if (text.match(/\d{20,}/g)?.some((digits) => BigInt(digits) > maxNumber)) return undefined;
  // An underscore at the end is a word of the last part.
  const key = toListKey(underscore === '' ? version : `${version}_`);
  return toNumberKey(epoch) + key + toListKey(local ?? '');
}

function toListKey(text: string): SortKey {
  return joinPadded((text.match(/[\da-z]+(?:_$)?/g) ?? []).map(toPart));
}

/** A part that starts with a word has a 0 before it. On which side of zero it is, its first run says that is not zero. */
function toPart(part: string): PaddedPart {
  const runs = (part.match(/\d+|[a-z]+|_/g) ?? []).map(toRun);
  const whole = /^\d/.test(part) ? runs : [toPaddedNumber('0'), ...runs];
  const side = whole.find((run) => run.side !== 0)?.side ?? 0;
  return { side, key: joinPadded(whole) };
}

function toRun(run: string): PaddedPart {
  if (/^\d/.test(run)) return toPaddedNumber(run);
  if (run === 'post') return { side: 1, key: '\uffff' };
  return { side: -1, key: run === 'dev' ? '\x01' : `\x02${run}\0` };
}
