import { readNumber } from './header.ts';
import { paxInteger, paxText } from './pax.ts';

/** One run of data in a sparse file: bytes `offset` to `offset + length` of the file as it is read back. */
export interface SparseRun {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the data of a sparse file goes. https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html
 * `inBody`: the map stands at the start of the body (PAX 1.0), and is not known yet.
 */
export interface SparseFile {
  readonly name?: string;
  readonly realSize: number;
  readonly runs: readonly SparseRun[] | 'inBody';
}

/** Runs of one file at most: each costs 24 bytes in the archive's map, and real ones have some hundreds. */
const maxRuns = 100_000;

/** The runs in one field of a GNU old-format header (4 from byte 386) or extension block (21 from byte 0). */
export function readGnuRuns(block: Buffer, start: number, count: number): SparseRun[] | undefined {
  const runs: SparseRun[] = [];
  for (let slot = 0; slot < count; slot++) {
    const at = start + slot * 24;
    if (block[at] === 0) break;
    const offset = readNumber(block, at, 12);
    const length = readNumber(block, at + 12, 12);
    if (offset === undefined || length === undefined) return undefined;
    runs.push({ offset, length });
  }
  return runs;
}

/** What PAX records say of a sparse file; `undefined` if it is none, `'bad'` if they contradict themselves. */
export function sparseFromPax(records: ReadonlyMap<string, Buffer>): SparseFile | 'bad' | undefined {
  const major = paxInteger(records, 'GNU.sparse.major');
  const name = paxText(records, 'GNU.sparse.name');
  const realSize = paxInteger(records, 'GNU.sparse.realsize') ?? paxInteger(records, 'GNU.sparse.size');
  if (realSize === undefined) return undefined;
  if (Number.isNaN(realSize)) return 'bad';
  const named = name === undefined ? {} : { name };
  if (major === 1) return { ...named, realSize, runs: 'inBody' };
  const runs = runsFromPax(records);
  return runs === undefined ? 'bad' : { ...named, realSize, runs };
}

function runsFromPax(records: ReadonlyMap<string, Buffer>): SparseRun[] | undefined {
  const list = paxText(records, 'GNU.sparse.map');
  return list === undefined ? undefined : toRuns(list.split(',', maxRuns * 2 + 1).map(Number));
}

/** Reads the map at the start of a PAX 1.0 body. `bytes` is what it takes up, whole blocks. Undefined if it is not whole. */
export function readBodyMap(body: Buffer): { runs: SparseRun[]; bytes: number } | undefined {
  let at = 0;
  const next = (): number | undefined => {
    const newline = body.indexOf(0x0a, at);
    if (newline < 0 || newline - at > 20) return undefined;
    const value = Number(body.toString('latin1', at, newline));
    at = newline + 1;
    return value;
  };
  const count = next();
  if (count === undefined || !(count >= 0 && count <= maxRuns)) return undefined;
  const numbers: number[] = [];
  for (let item = 0; item < count * 2; item++) {
    const value = next();
    if (value === undefined) return undefined;
    numbers.push(value);
  }
  const runs = toRuns(numbers);
  return runs === undefined ? undefined : { runs, bytes: Math.ceil(at / 512) * 512 };
}

/** Puts the stored data where it belongs; holes are zero. Undefined where runs leave the file or the data. */
export function expandSparse(stored: Buffer, runs: readonly SparseRun[], realSize: number): Buffer | undefined {
  const file = Buffer.alloc(realSize);
  let from = 0;
  for (const { offset, length } of runs) {
    if (offset + length > realSize || from + length > stored.length) return undefined;
    stored.copy(file, offset, from, from + length);
    from += length;
  }
  return file;
}

function toRuns(numbers: readonly number[]): SparseRun[] | undefined {
  if (numbers.length % 2 !== 0 || numbers.length > maxRuns * 2) return undefined;
  if (!numbers.every((value) => Number.isSafeInteger(value) && value >= 0)) return undefined;
  const runs: SparseRun[] = [];
  for (let at = 0; at < numbers.length; at += 2) runs.push({ offset: numbers[at]!, length: numbers[at + 1]! });
  return runs;
}
