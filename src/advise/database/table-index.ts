import { damagedTable, tableBounds } from './table-format.ts';

/** Where a block lies in the file, in bytes, and what it must be. */
export interface BlockPlace {
  readonly offset: number;
  readonly stored: number;
  readonly raw: number;
  readonly checksum: number;
}

/** The blocks of a table by their first keys. Keys are decoded when they are looked at. */
export interface BlockIndex {
  place(number: number): BlockPlace;
  firstKey(number: number): string;
  /** The first block that may hold the key. */
  firstBlockFor(key: string): number;
}

const rowHead = 14;

/** Reads the index and checks that the blocks lie one after another between `from` and `to`. */
export function decodeIndex(
  raw: Buffer,
  table: { readonly path: string; readonly blocks: number; readonly from: number; readonly to: number },
): BlockIndex {
  const rows = new Uint32Array(table.blocks);
  const offsets = new Float64Array(table.blocks);
  let offset = table.from;
  let row = 0;
  for (let number = 0; number < table.blocks; number++) {
    if (row + rowHead > raw.length) throw damagedTable(table.path, 'its index ends too early');
    rows[number] = row;
    offsets[number] = offset;
    const stored = raw.readUInt32LE(row);
    if (Math.max(stored, raw.readUInt32LE(row + 4)) > tableBounds.maxBlockBytes)
      throw damagedTable(table.path, 'a block is too large');
    offset += stored;
    row += rowHead + raw.readUInt16LE(row + 12);
  }
  if (row !== raw.length || offset !== table.to) throw damagedTable(table.path, 'its index contradicts its size');
  return createIndex(raw, rows, offsets);
}

function createIndex(raw: Buffer, rows: Uint32Array, offsets: Float64Array): BlockIndex {
  const keys: (string | undefined)[] = new Array(rows.length);
  const firstKey = (number: number): string => {
    const row = rows[number]! + rowHead;
    keys[number] ??= raw.toString('utf8', row, row + raw.readUInt16LE(row - 2));
    return keys[number];
  };
  return {
    firstKey,
    place: (number) => ({
      offset: offsets[number]!,
      stored: raw.readUInt32LE(rows[number]!),
      raw: raw.readUInt32LE(rows[number]! + 4),
      checksum: raw.readUInt32LE(rows[number]! + 8),
    }),
    firstBlockFor(key) {
      let low = 0;
      let high = rows.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (firstKey(middle) < key) low = middle + 1;
        else high = middle;
      }
      // The entries of a key may begin in the block before the first that starts with it.
      return Math.max(0, low - 1);
    },
  };
}
