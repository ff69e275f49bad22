import { type Damage, damage, isDamage } from '../damage.ts';
import type { RandomAccess } from '../random-access.ts';

/** What the newer of the two meta pages says. */
export interface BoltMeta {
  /** Bytes. */
  readonly pageSize: number;
  /** The page of the root bucket. */
  readonly root: number;
  /** Pages in use and free; all numbers of pages are below. */
  readonly pages: number;
  /** The last transaction that was written. */
  readonly transaction: bigint;
}

export const pageHeaderBytes = 16;
const metaBytes = 64;
const magic = 0xed0c_daed;
const formatVersion = 2;
/** bbolt takes the page size of the machine that made the file; it looks for the second page at these places too. */
const pageSizes: readonly number[] = Array.from({ length: 16 }, (_none, power) => 1024 << power);

/**
 * Reads the two meta pages, which transactions write in turns, and gives the newer one that is whole. Only files of little-endian
 * machines are read. https://github.com/etcd-io/bbolt/blob/main/internal/common/meta.go
 */
export function readBoltMeta(file: RandomAccess): BoltMeta | Damage {
  const first = readMeta(file, 0);
  const places = isDamage(first) ? pageSizes : [first.pageSize];
  let newest = isDamage(first) ? undefined : first;
  for (const place of places) {
    const meta = readMeta(file, place);
    if (isDamage(meta) || meta.pageSize !== place) continue;
    if (newest === undefined || meta.transaction > newest.transaction) newest = meta;
  }
  return newest ?? first;
}

/** Magic, version, page size, flags, root page, sequence, free list, pages, transaction, checksum. */
function readMeta(file: RandomAccess, place: number): BoltMeta | Damage {
  const page = file.read(place, pageHeaderBytes + metaBytes);
  if (page.length < pageHeaderBytes + metaBytes) return damage('truncated', place, 'it ends inside its first page');
  const meta = page.subarray(pageHeaderBytes);
  if (meta.readUInt32BE(0) === magic)
    return damage('unsupported', place, 'it is a bbolt database of a big-endian machine');
  if (meta.readUInt32LE(0) !== magic) return damage('malformed', place, 'it is no bbolt database');
  const version = meta.readUInt32LE(4);
  if (version !== formatVersion) return damage('unsupported', place, `version ${version} of the bbolt format`);
  if (meta.readBigUInt64LE(56) !== fnv64a(meta.subarray(0, 56)))
    return damage('malformed', place, 'its first page does not match its checksum');
  const pageSize = meta.readUInt32LE(8);
  if (!pageSizes.includes(pageSize)) return damage('unsupported', place, `pages of ${pageSize} bytes`);
  return {
    pageSize,
    root: Number(meta.readBigUInt64LE(16)),
    pages: Number(meta.readBigUInt64LE(40)),
    transaction: meta.readBigUInt64LE(48),
  };
}

/** http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv64a(bytes: Uint8Array): bigint {
  let hash = 0xcbf2_9ce4_8422_2325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100_0000_01b3n);
  return hash;
}
