import { type Damage, damage } from '../damage.ts';
import { pageHeaderBytes } from './meta.ts';

/** A page of a tree: of its children, or of its entries. */
export interface BoltPage {
  readonly kind: 'branch' | 'leaf';
  readonly count: number;
  key(place: number): Buffer | Damage;
  /** Of a branch, the page below. */
  child(place: number): number;
  /** Of a leaf, what stands at the key; that of a bucket is its header. */
  value(place: number): { readonly isBucket: boolean; readonly bytes: Buffer } | Damage;
}

const branchFlag = 1;
const leafFlag = 2;
const bucketFlag = 1;
/** Of both kinds of element; where its key lies is counted from its own start. */
const elementBytes = 16;

/**
 * Reads a page with its overflow. https://github.com/etcd-io/bbolt/blob/main/internal/common/page.go
 * @param bytes Kept, so they must not change.
 * @param offset Where they are in the file, for damage.
 */
export function parseBoltPage(bytes: Buffer, offset: number): BoltPage | Damage {
  const flags = bytes.readUInt16LE(8);
  const count = bytes.readUInt16LE(10);
  const isLeaf = flags === leafFlag;
  if (!isLeaf && flags !== branchFlag) return damage('malformed', offset, 'a page that is of no tree');
  if (pageHeaderBytes + count * elementBytes > bytes.length)
    return damage('malformed', offset, `a page with ${count} elements, more than it has room for`);
  const part = (place: number, start: number, length: number): Buffer | Damage => {
    const from = pageHeaderBytes + place * elementBytes + start;
    if (from + length <= bytes.length) return bytes.subarray(from, from + length);
    return damage('malformed', offset, `element ${place} of a page ends past it`);
  };
  const field = (place: number, at: number) => bytes.readUInt32LE(pageHeaderBytes + place * elementBytes + at);
  return {
    kind: isLeaf ? 'leaf' : 'branch',
    count,
    key: (place) =>
      isLeaf ? part(place, field(place, 4), field(place, 8)) : part(place, field(place, 0), field(place, 4)),
    child: (place) => Number(bytes.readBigUInt64LE(pageHeaderBytes + place * elementBytes + 8)),
    value: (place) => {
      const found = part(place, field(place, 4) + field(place, 8), field(place, 12));
      return Buffer.isBuffer(found) ? { isBucket: field(place, 0) === bucketFlag, bytes: found } : found;
    },
  };
}
