import { damagedTable, tableBounds, targetBlockBytes } from './table-format.ts';

/** The entries of one block, in order. */
export interface Block {
  readonly keys: readonly string[];
  readonly values: readonly Uint8Array[];
  /** Of the block unpacked. */
  readonly bytes: number;
}

/** Unpacked bytes to entries; `data-damaged` where a length leads out of the block. */
export function decodeBlock(raw: Buffer, path: string): Block {
  const keys: string[] = [];
  const values: Uint8Array[] = [];
  let at = 0;
  let key = '';
  const readNumber = (): number => {
    let number = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = raw[at++] ?? 0x80;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    throw damagedTable(path, 'a block breaks its format');
  };
  while (at < raw.length) {
    // The writer begins no entry past this, which bounds how many a block can hold.
    if (at >= targetBlockBytes) throw damagedTable(path, 'a block is too long');
    const kept = readNumber();
    const restLength = readNumber();
    const valueLength = readNumber();
    const end = at + restLength + valueLength;
    if (kept > key.length || end > raw.length) throw damagedTable(path, 'a block breaks its format');
    if (kept !== key.length || restLength > 0) key = key.slice(0, kept) + raw.toString('utf8', at, at + restLength);
    if (key.length > tableBounds.maxKeyBytes) throw damagedTable(path, 'a key is too long');
    keys.push(key);
    values.push(raw.subarray(at + restLength, end));
    at = end;
  }
  return { keys, values, bytes: raw.length };
}

/** The first place whose key is not before the one looked for. */
export function firstPlaceOf(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
