import { type Damage, damage, isDamage } from '../damage.ts';
import type { RandomAccess } from '../random-access.ts';
import { type BoltMeta, pageHeaderBytes, readBoltMeta } from './meta.ts';
import { type BoltPage, parseBoltPage } from './page.ts';

/** A bbolt file as its last transaction left it. */
export interface BoltDatabase {
  /** While this stays the same in the file, nothing of what it led to was overwritten. */
  readonly transaction: bigint;
  readonly root: BoltBucket;
  /** A page with its overflow. */
  page(number: number): BoltPage | Damage;
}

/** A sorted map, in pages of its own or, where it is small, inside of the page that it is listed in. */
export type BoltBucket =
  | { readonly kind: 'bucket'; readonly page: number }
  | { readonly kind: 'bucket'; readonly inline: Buffer; readonly offset: number };

/** A value, or a bucket within the bucket. */
export type BoltValue = { readonly kind: 'value'; readonly bytes: Buffer } | BoltBucket;

export interface BoltEntry {
  readonly kind: 'entry';
  readonly key: Buffer;
  readonly value: BoltValue;
}

const bucketHeaderBytes = 16;
/** A page has several elements unless one is larger than it: keys have at most 32 KiB, and no document read here has more than this. */
const maxPageBytes = 1 << 20;
/** Pages from root to leaf: with two children each, a tree so deep would have 2^32 leaves. */
const maxDepth = 32;
/** Bytes of pages read of one database: a file may send its reader to the same pages ever again. */
const maxBytes = 1 << 30;

/** Opens a bbolt database. It is not locked: a writer may be at work, which `transaction` tells. */
export function openBolt(file: RandomAccess): BoltDatabase | Damage {
  const meta = readBoltMeta(file);
  if (isDamage(meta)) return meta;
  let left = maxBytes;
  return {
    transaction: meta.transaction,
    root: { kind: 'bucket', page: meta.root },
    page(number) {
      const bytes = readPage(file, meta, number);
      if (isDamage(bytes)) return bytes;
      left -= bytes.length;
      if (left < 0) return damage('too-large', 0, `it leads to more than ${maxBytes} bytes of pages`);
      return parseBoltPage(bytes, number * meta.pageSize);
    },
  };
}

/** What a bucket has at a key. */
export function findBoltValue(database: BoltDatabase, bucket: BoltBucket, key: string): BoltValue | Damage | undefined {
  const wanted = Buffer.from(key);
  let page = rootPage(database, bucket);
  for (let depth = 0; depth < maxDepth; depth++) {
    if (isDamage(page)) return page;
    const place = lastNotAfter(page, wanted);
    if (typeof place === 'object') return place;
    if (page.kind === 'leaf') {
      const found = place < 0 ? undefined : page.key(place);
      if (found === undefined || isDamage(found)) return found;
      return found.equals(wanted) ? toValue(page, place) : undefined;
    }
    page = database.page(page.child(Math.max(0, place)));
  }
  return tooDeep();
}

/** All that a bucket has, in the order of the keys' bytes; damage costs the page that it is in and those below. */
export function* readBoltBucket(database: BoltDatabase, bucket: BoltBucket): Generator<BoltEntry | Damage> {
  yield* readTree(database, rootPage(database, bucket), new Set(), 0);
}

function* readTree(
  database: BoltDatabase,
  page: BoltPage | Damage,
  seen: Set<number>,
  depth: number,
): Generator<BoltEntry | Damage> {
  if (isDamage(page)) {
    yield page;
    return;
  }
  for (let place = 0; place < page.count; place++) {
    if (page.kind === 'leaf') {
      yield toEntry(page, place);
      continue;
    }
    const child = page.child(place);
    if (seen.has(child)) yield damage('cycle', 0, `page ${child} has two places in one tree`);
    else if (depth >= maxDepth) yield tooDeep();
    else yield* readTree(database, database.page(child), seen.add(child), depth + 1);
  }
}

function readPage(file: RandomAccess, { pageSize, pages }: BoltMeta, number: number): Buffer | Damage {
  const offset = number * pageSize;
  if (number >= pages || offset + pageSize > file.size)
    return damage('truncated', file.size, `page ${number} is past its end`);
  const header = file.read(offset, pageHeaderBytes);
  if (header.length < pageHeaderBytes) return damage('truncated', offset, `page ${number} is past its end`);
  const length = (header.readUInt32LE(12) + 1) * pageSize;
  if (header.readBigUInt64LE(0) !== BigInt(number)) return damage('malformed', offset, `page ${number} is another one`);
  if (length > maxPageBytes)
    return damage(
      'too-large',
      offset,
      `page ${number} has ${length} bytes, more than the ${maxPageBytes} that are read`,
    );
  if (offset + length > file.size) return damage('truncated', file.size, `page ${number} ends past its end`);
  const bytes = Buffer.from(file.read(offset, length));
  // Whoever writes may have cut it off meanwhile.
  return bytes.length === length ? bytes : damage('truncated', offset, `page ${number} ends past its end`);
}

function rootPage(database: BoltDatabase, bucket: BoltBucket): BoltPage | Damage {
  return 'page' in bucket ? database.page(bucket.page) : parseBoltPage(bucket.inline, bucket.offset);
}

/** The last element whose key is not after the wanted one; -1 where all are. */
function lastNotAfter(page: BoltPage, wanted: Buffer): number | Damage {
  let low = 0;
  let high = page.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = page.key(middle);
    if (isDamage(key)) return key;
    if (key.compare(wanted) <= 0) low = middle + 1;
    else high = middle;
  }
  return page.kind === 'branch' && page.count === 0 ? damage('malformed', 0, 'a branch without children') : low - 1;
}

function toEntry(page: BoltPage, place: number): BoltEntry | Damage {
  const key = page.key(place);
  if (isDamage(key)) return key;
  const value = toValue(page, place);
  return isDamage(value) ? value : { kind: 'entry', key, value };
}

function toValue(page: BoltPage, place: number): BoltValue | Damage {
  const found = page.value(place);
  if (isDamage(found)) return found;
  const { isBucket, bytes } = found;
  return isBucket ? toBucket(bytes) : { kind: 'value', bytes };
}

/** A bucket's root page and sequence; where that page is 0, the page itself follows. */
function toBucket(bytes: Buffer): BoltBucket | Damage {
  if (bytes.length < bucketHeaderBytes) return damage('malformed', 0, 'a bucket shorter than its header');
  const page = Number(bytes.readBigUInt64LE(0));
  if (page !== 0) return { kind: 'bucket', page };
  const inline = bytes.subarray(bucketHeaderBytes);
  return inline.length < pageHeaderBytes
    ? damage('malformed', 0, 'a bucket that ends inside its page')
    : { kind: 'bucket', inline, offset: 0 };
}

function tooDeep(): Damage {
  return damage('too-deep', 0, `a tree of more than ${maxDepth} pages from root to leaf`);
}
