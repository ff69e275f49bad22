import { type Damage, damage, isDamage } from '../damage.ts';
import { placeOfPage, type SqliteDatabase, unusable } from './database.ts';
import { sqliteHeaderBytes } from './header.ts';
import { type CellPayload, localBytes, readPayload } from './payload.ts';
import { readRecord, type SqliteValue } from './record.ts';
import { readVarint, varintLength } from './varint.ts';

/** A row of a table; bytes among its values are good until the next row is read. */
export interface SqliteRow {
  readonly kind: 'row';
  /** Byte of the file at which it starts. */
  readonly offset: number;
  /** The row's number, which is also its INTEGER PRIMARY KEY. */
  readonly number: number;
  readonly values: readonly SqliteValue[];
}

/** Kinds of pages in a table's tree. https://www.sqlite.org/fileformat2.html#b_tree_pages */
const interiorPage = 5;
const leafPage = 13;

/** The rows of the table whose tree starts at a page, in the order of their numbers. */
export function* readRows(database: SqliteDatabase, root: number): Generator<SqliteRow | Damage> {
  if (!database.use(root)) {
    yield unusable(database, root, 0);
    return;
  }
  const waiting = [root];
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    const bytes = database.tree.read(page - 1);
    // Page 1 has the database's header before its own.
    const start = page === 1 ? sqliteHeaderBytes : 0;
    if (bytes === undefined) yield unusable(database, database.tree.count + 1, placeOfPage(database, page));
    else if (bytes[start] === leafPage) yield* readLeaf(database, bytes, page, start);
    else if (bytes[start] === interiorPage) yield* addChildren(database, bytes, page, start, waiting);
    else yield damage('malformed', placeOfPage(database, page), `page ${page} is no part of a table; rows are missing`);
  }
}

/** Puts the pages below an interior page on the list, the first on top. Each is marked here, so the list is no longer than the file. */
function* addChildren(
  database: SqliteDatabase,
  bytes: Buffer,
  page: number,
  start: number,
  waiting: number[],
): Generator<Damage> {
  const cells = cellPlaces(database, bytes, start, 12);
  if (cells === undefined) {
    yield damage('malformed', placeOfPage(database, page), `page ${page} has more cells than room; rows are missing`);
    return;
  }
  const children = cells.map((cell) => (cell + 4 <= bytes.length ? bytes.readUInt32BE(cell) : 0));
  children.push(bytes.readUInt32BE(start + 8));
  for (const child of children.reverse()) {
    if (database.use(child)) waiting.push(child);
    else yield unusable(database, child, placeOfPage(database, page));
  }
}

function* readLeaf(
  database: SqliteDatabase,
  bytes: Buffer,
  page: number,
  start: number,
): Generator<SqliteRow | Damage> {
  const cells = cellPlaces(database, bytes, start, 8);
  if (cells === undefined)
    yield damage('malformed', placeOfPage(database, page), `page ${page} has more cells than room; rows are missing`);
  let room = database.header.usableSize;
  for (const cell of cells ?? []) {
    const payload = locatePayload(database, bytes, page, cell);
    if (!isDamage(payload)) room -= payload.local;
    if (room < 0) {
      yield damage(
        'malformed',
        placeOfPage(database, page),
        `rows of page ${page} lie over one another; some are missing`,
      );
      return;
    }
    yield isDamage(payload) ? payload : readRow(database, bytes, payload);
  }
}

/** A cell is the length of its payload, the row's number, and the payload. */
function locatePayload(database: SqliteDatabase, bytes: Buffer, page: number, cell: number): CellPayload | Damage {
  const length = readVarint(bytes, cell);
  const numberAt = cell + varintLength(bytes, cell);
  const start = numberAt + varintLength(bytes, numberAt);
  return length <= Number.MAX_SAFE_INTEGER && start <= bytes.length
    ? {
        page,
        start,
        number: readVarint(bytes, numberAt),
        length,
        local: localBytes(database.header.usableSize, length),
      }
    : damage('malformed', placeOfPage(database, page) + cell, 'a row leaves its page');
}

function readRow(database: SqliteDatabase, bytes: Buffer, payload: CellPayload): SqliteRow | Damage {
  const row = readPayload(database, bytes, payload);
  if (isDamage(row)) return row;
  const offset = placeOfPage(database, payload.page) + payload.start;
  const values = readRecord(row, database.header.encoding);
  return values
    ? { kind: 'row', offset, number: payload.number, values }
    : damage('malformed', offset, 'a row that is no record');
}

/** Where the cells of a page start. Undefined if it has no room for so many. */
function cellPlaces(
  { header }: SqliteDatabase,
  bytes: Buffer,
  start: number,
  headerBytes: number,
): number[] | undefined {
  const count = bytes.readUInt16BE(start + 3);
  const first = start + headerBytes;
  if (first + count * 2 > header.usableSize) return undefined;
  return Array.from({ length: count }, (_, index) => bytes.readUInt16BE(first + index * 2));
}
