import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { PlimsollError } from '../../base/errors.ts';

/*
 * A table is an immutable, sorted list of entries, key and value. The same key may come several times.
 *
 *   magic "PLIMTAB" and a version byte; u32 length of the header; header: JSON that says what the table holds
 *   blocks   entries in order; as they are where both lengths in the index are the same, else compressed
 *   filter   Bloom filter over the keys: a key that is absent mostly costs no block
 *   index    for each block: u32 stored length, u32 raw length, u32 crc32 of the stored bytes, u16 length of the first key, key
 *   footer   where the filter and the index are, and their checksums
 *
 * Numbers are little-endian; the index and compressed blocks are zstd frames. Keys are ordered by UTF-16 code units, as JavaScript compares
 * strings. An entry in a block: how many code units of the key before it are kept, bytes of the rest, bytes of the value
 * (each a LEB128 number), the rest of the key in UTF-8, the value. The same entries and header give the same bytes.
 */

/** First and last bytes of a table; the last of them is the version of the format. */
export const tableMagic = Buffer.from('PLIMTAB\x01', 'latin1');

/** Bytes of the footer. */
export const footerBytes = 56;

/** Raw bytes after which a block is closed. Smaller ones compress badly; larger ones cost each look-up. */
export const targetBlockBytes = 16 * 1024;

/** The same for blocks that are stored as they are: nothing is lost by small ones. */
export const targetPlainBlockBytes = 4 * 1024;

/** Bounds that a table must keep to be read. The writer refuses what passes them. */
export const tableBounds = Object.freeze({
  maxHeaderBytes: 64 * 1024,
  maxKeyBytes: 1024,
  maxValueBytes: 16 * 1024 * 1024,
  maxBlockBytes: 17 * 1024 * 1024,
  maxBlocks: 1_000_000,
  maxIndexBytes: 64 * 1024 * 1024,
  maxFilterBytes: 64 * 1024 * 1024,
});

/** What stands at the end of a table; offsets and lengths in bytes. */
export interface Footer {
  readonly filterOffset: number;
  readonly filterLength: number;
  readonly filterChecksum: number;
  readonly indexLength: number;
  readonly indexRawLength: number;
  readonly indexChecksum: number;
  readonly headerChecksum: number;
  readonly blocks: number;
  readonly entries: number;
}

export function encodeFooter(footer: Footer): Buffer {
  const bytes = Buffer.alloc(footerBytes);
  bytes.writeBigUInt64LE(BigInt(footer.filterOffset), 0);
  const words = [
    footer.filterLength,
    footer.filterChecksum,
    footer.indexLength,
    footer.indexRawLength,
    footer.indexChecksum,
    footer.headerChecksum,
    footer.blocks,
    footer.entries,
  ];
  words.forEach((word, place) => {
    bytes.writeUInt32LE(word, 8 + place * 4);
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 40)), 40);
  tableMagic.copy(bytes, footerBytes - tableMagic.length);
  return bytes;
}

/** Undefined where the bytes are not a footer. */
export function decodeFooter(bytes: Buffer): Footer | undefined {
  if (bytes.length !== footerBytes || !bytes.subarray(footerBytes - tableMagic.length).equals(tableMagic)) return;
  if (bytes.readUInt32LE(40) !== crc32(bytes.subarray(0, 40))) return;
  const word = (place: number) => bytes.readUInt32LE(8 + place * 4);
  return {
    filterOffset: Number(bytes.readBigUInt64LE(0)),
    filterLength: word(0),
    filterChecksum: word(1),
    indexLength: word(2),
    indexRawLength: word(3),
    indexChecksum: word(4),
    headerChecksum: word(5),
    blocks: word(6),
    entries: word(7),
  };
}

/** 8 MiB: what the decompressor may hold for one frame, whatever a hostile frame asks for. */
const maxWindowLog = 23;

export function compressBlock(raw: Uint8Array): Buffer {
  const { ZSTD_c_compressionLevel, ZSTD_c_windowLog } = constants;
  return zstdCompressSync(raw, {
    params: {
      [ZSTD_c_compressionLevel]: 9,
      ...(raw.length > 1 << maxWindowLog ? { [ZSTD_c_windowLog]: maxWindowLog } : {}),
    },
  });
}

/** Fails with `data-damaged` unless exactly `rawLength` bytes come out. */
export function decompressBlock(stored: Uint8Array, rawLength: number, path: string): Buffer {
  let raw: Buffer | undefined;
  try {
    raw = zstdDecompressSync(stored, {
      maxOutputLength: Math.max(rawLength, 1),
      params: { [constants.ZSTD_d_windowLogMax]: maxWindowLog },
    });
  } catch (cause) {
    throw damagedTable(path, 'a block does not unpack', cause);
  }
  if (raw.length !== rawLength) throw damagedTable(path, 'a block is shorter than its index says');
  return raw;
}

/** The error for a table that breaks its format. */
export function damagedTable(path: string, what: string, cause?: unknown): PlimsollError {
  return new PlimsollError(
    'data-damaged',
    `Advisory data in ${path} is damaged: ${what}. Fetch it again: plimsoll db update`,
    { cause },
  );
}
