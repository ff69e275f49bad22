import { type Damage, damage, isDamage } from '../damage.ts';
import { openPages, type PageSet, type Pages, pageSet } from '../pages.ts';
import type { RandomAccess } from '../random-access.ts';
import { scratchMemory } from '../scratch.ts';
import { type HashHeader, readHashHeader } from './header.ts';
import {
  type HashPage,
  itemCount,
  itemKinds,
  itemOf,
  kindOfPage,
  nextPage,
  numberOfPage,
  overflowBytes,
  pageHeaderBytes,
  pageKinds,
  uint32,
} from './page.ts';

/** A key with its value; both are good until the next pair is read. */
export interface HashPair {
  readonly kind: 'pair';
  /** Byte of the file at which the page of the pair starts. */
  readonly offset: number;
  readonly key: Buffer;
  readonly value: Buffer;
}

interface Database {
  readonly header: HashHeader;
  readonly buckets: Pages;
  readonly overflow: Pages;
  /** The overflow pages that belong to a value. */
  readonly chained: PageSet;
  readonly scratch: (length: number) => Buffer;
  readonly maxValueBytes: number;
}

/**
 * The pairs of a Berkeley DB hash, read page by page where they lie. The buckets' order says nothing, so pages are read as they come;
 * pages that are free have another kind. Duplicates and keys that have pages of their own are told, not read: rpm has neither.
 * @param maxValueBytes Longer values are told, not read.
 */
export function* readHash(file: RandomAccess, maxValueBytes: number): Generator<HashPair | Damage> {
  const header = readHashHeader(file);
  if (isDamage(header)) {
    yield header;
    return;
  }
  const { pageSize } = header;
  const buckets = openPages(file, pageSize);
  const overflow = openPages(file, pageSize);
  const chained = pageSet(buckets.count);
  const database: Database = { header, buckets, overflow, chained, scratch: scratchMemory(), maxValueBytes };
  for (let number = 1; number < buckets.count; number++) if (!chained.has(number)) yield* readPage(database, number);
  if (header.lastPage >= buckets.count) {
    const message = `it has ${header.lastPage + 1} pages, ${buckets.count} are there; pairs may be missing`;
    yield damage('truncated', buckets.count * pageSize, message);
  }
}

function* readPage(database: Database, number: number): Generator<HashPair | Damage> {
  const { isBigEndian, pageSize } = database.header;
  const bytes = database.buckets.read(number);
  if (bytes === undefined) return;
  const page = { bytes, isBigEndian };
  const kind = kindOfPage(page);
  if (kind === pageKinds.invalid || kind === pageKinds.overflow) return;
  const offset = number * pageSize;
  if ((kind !== pageKinds.hash && kind !== pageKinds.hashUnsorted) || numberOfPage(page) !== number) {
    yield damage('malformed', offset, `page ${number} is no page of a hash; pairs may be missing`);
    return;
  }
  const count = itemCount(page);
  if (pageHeaderBytes + count * 2 > pageSize) {
    yield damage('malformed', offset, `page ${number} has more items than room; pairs are missing`);
    return;
  }
  for (let index = 0; index + 1 < count; index += 2) {
    const key = itemOf(page, index);
    const value = itemOf(page, index + 1);
    if (key === undefined || value === undefined || key[0] !== itemKinds.inPage)
      yield damage('malformed', offset, `pair ${index / 2} of page ${number} is damaged; it is missing`);
    else {
      const read = readValue(database, { bytes: value, isBigEndian }, offset);
      yield isDamage(read) ? read : { kind: 'pair', offset, key: key.subarray(1), value: read };
    }
  }
}

/** A value lies in the page, or the page says where it starts and how long it is. */
function readValue(database: Database, item: HashPage, offset: number): Buffer | Damage {
  if (item.bytes[0] === itemKinds.inPage) return item.bytes.subarray(1);
  if (item.bytes[0] !== itemKinds.offPage || item.bytes.length < 12)
    return damage('unsupported', offset, `an item of kind ${item.bytes[0]}; it is missing`);
  const length = uint32(item, 8);
  if (length > database.maxValueBytes)
    return damage(
      'too-large',
      offset,
      `a value of ${length} bytes, more than the ${database.maxValueBytes} that are read`,
    );
  if (length > database.buckets.count * database.header.pageSize)
    return damage('truncated', offset, `a value of ${length} bytes, more than there are`);
  const value = database.scratch(length);
  return readChain(database, value, uint32(item, 4)) ?? value;
}

/** Fills a value from its chain of overflow pages. */
function readChain(database: Database, value: Buffer, first: number): Damage | undefined {
  const { isBigEndian, pageSize } = database.header;
  let filled = 0;
  for (let number = first; filled < value.length; ) {
    const at = first * pageSize;
    const bytes = number === 0 ? undefined : database.overflow.read(number);
    if (bytes === undefined) return damage('truncated', at, `page ${number} is not there; a value is missing`);
    const page = { bytes, isBigEndian };
    const length = overflowBytes(page);
    if (kindOfPage(page) !== pageKinds.overflow || length === 0 || pageHeaderBytes + length > pageSize)
      return damage('malformed', number * pageSize, `page ${number} is no overflow page; a value is missing`);
    if (!database.chained.add(number)) return damage('cycle', at, `page ${number} is used twice; a value is missing`);
    filled += bytes.copy(value, filled, pageHeaderBytes, pageHeaderBytes + length);
    number = nextPage(page);
  }
  return undefined;
}
