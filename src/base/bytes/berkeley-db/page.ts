/** A page of a hash database, seen in its own byte order. Layout: `PAGE` in Berkeley DB's dbinc/db_page.h. */
export interface HashPage {
  readonly bytes: Buffer;
  readonly isBigEndian: boolean;
}

/** Bytes before the items of a page, or before the bytes of an overflow page. */
export const pageHeaderBytes = 26;

/** Kinds of pages; a free one is `invalid`. Those of a hash are sorted since 4.6. */
export const pageKinds = { invalid: 0, hashUnsorted: 2, overflow: 7, hash: 13 };

/** Kinds of items. */
export const itemKinds = { inPage: 1, offPage: 3 };

export function kindOfPage({ bytes }: HashPage): number {
  return bytes[25]!;
}

/** What the page says which one it is. */
export function numberOfPage(page: HashPage): number {
  return uint32(page, 8);
}

export function nextPage(page: HashPage): number {
  return uint32(page, 16);
}

/** Items of a hash page: keys and values in turns. */
export function itemCount(page: HashPage): number {
  return uint16(page, 20);
}

/** Bytes that an overflow page holds. */
export function overflowBytes(page: HashPage): number {
  return uint16(page, 22);
}

/** An item's kind and bytes. Items lie from the end of the page to its start, each up to the one before it. Undefined for a lie. */
export function itemOf(page: HashPage, index: number): Buffer | undefined {
  const start = uint16(page, pageHeaderBytes + index * 2);
  const end = index === 0 ? page.bytes.length : uint16(page, pageHeaderBytes + index * 2 - 2);
  const isInside = start >= pageHeaderBytes + itemCount(page) * 2 && start < end && end <= page.bytes.length;
  return isInside ? page.bytes.subarray(start, end) : undefined;
}

export function uint16({ bytes, isBigEndian }: HashPage, at: number): number {
  return isBigEndian ? bytes.readUInt16BE(at) : bytes.readUInt16LE(at);
}

export function uint32({ bytes, isBigEndian }: HashPage, at: number): number {
  return isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
}
