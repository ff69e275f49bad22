import { type Comparison, maxVersionLength, type Order } from './order.ts';
import { compareSortKeys, type SortKey, toNumberKey } from './sort-key.ts';

/** A parsed pacman version. */
export interface PacmanVersion {
  readonly epoch: SortKey;
  readonly version: readonly Segment[];
  readonly release?: readonly Segment[];
}

interface Segment {
  /** How many characters separate it from the one before it. */
  readonly gap: number;
  /** Undefined for what is left after the last one: separators alone. */
  readonly key: SortKey | undefined;
  readonly isNumber: boolean;
}

/**
 * pacman's order of `epoch:version-release`, as `vercmp` has it. A version without a release equals it with any release, so this
 * is no strict order and has no key that could be compared as text. vercmp itself compares any bytes; refused here is what no
 * package can bear: control characters, white space, bytes beyond ASCII. https://man.archlinux.org/man/vercmp.8
 */
export const pacman: Order<PacmanVersion> = { id: 'pacman', parse: parsePacman, compare: comparePacman };

const shape = /^(?:(\d*):)?([!-~]*?)(?:-([!-,.-~]*))?$/;

function parsePacman(text: string): PacmanVersion | undefined {
  if (text === '' || text.length > maxVersionLength) return undefined;
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, epoch = '', version = '', release] = match;
  const segments = toSegments(version);
  return {
    epoch: toNumberKey(epoch),
    version: segments,
    ...(release === undefined ? {} : { release: toSegments(release) }),
  };
}

function toSegments(part: string): Segment[] {
  return Array.from(part.matchAll(/([^\dA-Za-z]*)(\d+|[A-Za-z]+|$)/g), ([, gap = '', run = '']) => {
    const isNumber = /^\d/.test(run);
    return { gap: gap.length, key: run === '' ? undefined : isNumber ? toNumberKey(run) : run, isNumber };
  });
}

function comparePacman(a: PacmanVersion, b: PacmanVersion): Comparison {
  const byEpoch = compareSortKeys(a.epoch, b.epoch);
  if (byEpoch !== 0) return byEpoch;
  const byVersion = compareSegments(a.version, b.version);
  if (byVersion !== 0 || a.release === undefined || b.release === undefined) return byVersion;
  return compareSegments(a.release, b.release);
}

function compareSegments(a: readonly Segment[], b: readonly Segment[]): Comparison {
  for (let at = 0; ; at++) {
    const left = a[at];
    const right = b[at];
    if (left?.key === undefined || right?.key === undefined) return compareRests(left, right);
    if (left.gap !== right.gap) return left.gap < right.gap ? -1 : 1;
    if (left.isNumber !== right.isNumber) return left.isNumber ? 1 : -1;
    const result = compareSortKeys(left.key, right.key);
    if (result !== 0) return result;
  }
}

/**
 * One of them has ended. What is left makes the other one later, unless it starts with a letter: `1.0a` is before `1.0`, which is
 * before `1.0.` and `1.0.1`. Separators count as what is left only where the other one has none.
 */
function compareRests(a: Segment | undefined, b: Segment | undefined): Comparison {
  const isGapSkipped = !isEnd(a) && !isEnd(b);
  const left = restOf(a, isGapSkipped);
  const right = restOf(b, isGapSkipped);
  if (left === 'none' && right === 'none') return 0;
  return (left === 'none' && right !== 'letters') || left === 'letters' ? -1 : 1;
}

function isEnd(segment: Segment | undefined): boolean {
  return segment === undefined || (segment.gap === 0 && segment.key === undefined);
}

function restOf(segment: Segment | undefined, isGapSkipped: boolean): 'none' | 'letters' | 'other' {
  if (segment === undefined || isEnd(segment)) return 'none';
  if (segment.gap > 0 && !isGapSkipped) return 'other';
  return segment.key === undefined ? 'none' : segment.isNumber ? 'other' : 'letters';
}
