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
  bytes: Buffer,
  table: { readonly path: string; readonly blocks: number; readonly from: number; readonly to: number },
): BlockIndex {
  const rows = new Uint32Array(table.blocks);
  const offsets = new Float64Array(table.blocks);
  // A view reads several times faster than the methods of a buffer, which check their arguments in JavaScript.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = table.from;
  let row = 0;
  for (let number = 0; number < table.blocks; number++) {
    if (row + rowHead > bytes.length) throw damagedTable(table.path, 'its index ends too early');
    rows[number] = row;
    offsets[number] = offset;
    const stored = view.getUint32(row, true);
    if (Math.max(stored, view.getUint32(row + 4, true)) > tableBounds.maxBlockBytes)
      throw damagedTable(table.path, 'a block is too large');
    offset += stored;
    row += rowHead + view.getUint16(row + 12, true);
  }
  if (row !== bytes.length || offset !== table.to) throw damagedTable(table.path, 'its index contradicts its size');
  return createIndex(bytes, view, rows, offsets);
}

function createIndex(bytes: Buffer, view: DataView, rows: Uint32Array, offsets: Float64Array): BlockIndex {
  const keys: (string | undefined)[] = new Array(rows.length);
  const firstKey = (number: number): string => {
    const row = rows[number]! + rowHead;
    keys[number] ??= bytes.toString('utf8', row, row + view.getUint16(row - 2, true));
    return keys[number];
  };
  return {
    firstKey,
    place: (number) => ({
      offset: offsets[number]!,
      stored: view.getUint32(rows[number]!, true),
      raw: view.getUint32(rows[number]! + 4, true),
      checksum: view.getUint32(rows[number]! + 8, true),
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
