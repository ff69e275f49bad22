import { type Damage, damage } from '../damage.ts';
import { placeOfPage, type SqliteDatabase, unusable } from './database.ts';

/** Where the payload of a cell starts in a leaf, and how long it is in all. */
export interface CellPayload {
  readonly page: number;
  readonly start: number;
  /** The row's. */
  readonly number: number;
  readonly length: number;
  /** How much of it lies in the leaf. */
  readonly local: number;
}

/**
 * The bytes of a row, which may go on in a chain of overflow pages. They are good until the next row is read.
 * https://www.sqlite.org/fileformat2.html#cell_payload_overflow_pages
 */
export function readPayload(database: SqliteDatabase, leaf: Buffer, cell: CellPayload): Buffer | Damage {
  const { start, length, local } = cell;
  const { usableSize } = database.header;
  const at = placeOfPage(database, cell.page) + start;
  if (start + local + (local < length ? 4 : 0) > usableSize) return damage('malformed', at, 'a row leaves its page');
  if (local === length) return leaf.subarray(start, start + length);
  if (length > database.maxRowBytes)
    return damage('too-large', at, `a row of ${length} bytes, more than the ${database.maxRowBytes} that are read`);
  if (length > database.tree.count * database.header.pageSize)
    return damage('truncated', at, `a row of ${length} bytes, more than there are`);
  const row = database.scratch(length);
  leaf.copy(row, 0, start, start + local);
  return readChain(database, row, local, leaf.readUInt32BE(start + local)) ?? row;
}

/** Fills a row from its overflow pages: each has the number of the next, then bytes. */
function readChain(database: SqliteDatabase, row: Buffer, filled: number, first: number): Damage | undefined {
  const { usableSize } = database.header;
  let from = filled;
  let next = first;
  while (from < row.length) {
    if (!database.use(next)) return unusable(database, next, placeOfPage(database, first));
    const page = database.overflow.read(next - 1);
    if (page === undefined) return unusable(database, database.tree.count + 1, placeOfPage(database, next));
    from += page.copy(row, from, 4, Math.min(usableSize, 4 + row.length - from));
    next = page.readUInt32BE(0);
  }
  return undefined;
}

/** Bytes of a payload that lie in the leaf itself; the names are the specification's. */
export function localBytes(usableSize: number, length: number): number {
  const x = usableSize - 35;
  if (length <= x) return length;
  const m = Math.floor(((usableSize - 12) * 32) / 255) - 23;
  const k = m + ((length - m) % (usableSize - 4));
  return k <= x ? k : m;
}
