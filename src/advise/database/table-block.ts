import { damagedTable, tableBounds, targetBlockBytes } from './table-format.ts';

/** The entries of one block, in order. */
export interface Block {
  readonly keys: readonly string[];
  readonly values: readonly Uint8Array[];
}

/** Unpacked bytes to entries; `data-damaged` where a length leads out of the block. */
export function decodeBlock(raw: Buffer, path: string): Block {
  const keys: string[] = [];
  const values: Uint8Array[] = [];
  const reader = new EntryReader(raw, path);
  let key = '';
  while (reader.next()) {
    const { kept, restStart, restLength, end } = reader;
    const valueStart = restStart + restLength;
    if (kept > key.length) throw damagedTable(path, 'a block breaks its format');
    if (kept !== key.length || restLength > 0) key = key.slice(0, kept) + raw.toString('utf8', restStart, valueStart);
    if (key.length > tableBounds.maxKeyBytes) throw damagedTable(path, 'a key is too long');
    keys.push(key);
    values.push(raw.subarray(valueStart, end));
  }
  return { keys, values };
}

/**
 * The values of a key in an unpacked block. Looks at lengths and bytes only, without making a string of each key: a look-up in a
 * block of a thousand entries takes some microseconds.
 */
export function findInBlock(raw: Buffer, key: string, path: string): Uint8Array[] {
  const target = Buffer.from(key);
  // Kept lengths count code units, which are bytes only in ASCII.
  if (target.length !== key.length) return findByKeys(raw, key, path);
  const found: Uint8Array[] = [];
  /** Bytes that the key of the entry before shares with the target. */
  let shared = 0;
  for (let at = 0; at < raw.length; ) {
    // The writer begins no entry past this, which bounds how many a block can hold.
    if (at >= targetBlockBytes) throw damagedTable(path, 'a block is too long');
    // Nearly all lengths take one byte, and this loop runs thousands of times before V8 makes it fast.
    let kept = raw[at]!;
    let restLength = raw[at + 1]!;
    let valueLength = raw[at + 2]!;
    let restStart = at + 3;
    if ((kept | restLength | valueLength) > 0x7f) {
      const reader = new EntryReader(raw, path, at);
      reader.next();
      ({ kept, restStart, restLength } = reader);
      valueLength = reader.end - restStart - restLength;
    }
    const valueStart = restStart + restLength;
    at = valueStart + valueLength;
    // Written so that lengths which the block is too short to hold (undefined above) count as damage as well.
    if (!(at <= raw.length)) throw damagedTable(path, 'a block breaks its format');
    // The keys ascend: one that shares less than the one before it is past the target.
    if (kept < shared) break;
    if (kept > shared) continue;
    const same = sharedBytes(raw, restStart, restLength, target, kept);
    shared = kept + same;
    if (same === restLength && shared === target.length) found.push(raw.subarray(valueStart, at));
    else if (isPast(raw, restStart + same, same < restLength, target, shared)) break;
  }
  return found;
}

/** Whether a key that shares `shared` bytes with the target, and goes on at `at` if it goes on, comes after it. */
function isPast(raw: Buffer, at: number, goesOn: boolean, target: Buffer, shared: number): boolean {
  if (!goesOn) return false;
  return shared === target.length || raw[at]! > target[shared]!;
}

function sharedBytes(raw: Buffer, start: number, length: number, target: Buffer, from: number): number {
  let same = 0;
  while (same < length && from + same < target.length && raw[start + same] === target[from + same]) same++;
  return same;
}

function findByKeys(raw: Buffer, key: string, path: string): Uint8Array[] {
  const { keys, values } = decodeBlock(raw, path);
  return values.filter((_value, place) => keys[place] === key);
}

/** Reads the lengths of one entry after another. */
class EntryReader {
  readonly #raw: Buffer;
  readonly #path: string;
  #at = 0;
  kept = 0;
  restStart = 0;
  restLength = 0;
  end = 0;

  constructor(raw: Buffer, path: string, at = 0) {
    this.#raw = raw;
    this.#path = path;
    this.#at = at;
  }

  /** False at the end of the block. */
  next(): boolean {
    if (this.#at >= this.#raw.length) return false;
    // The writer begins no entry past this, which bounds how many a block can hold.
    if (this.#at >= targetBlockBytes) throw damagedTable(this.#path, 'a block is too long');
    this.kept = this.#number();
    this.restLength = this.#number();
    const valueLength = this.#number();
    this.restStart = this.#at;
    this.end = this.restStart + this.restLength + valueLength;
    if (this.end > this.#raw.length) throw damagedTable(this.#path, 'a block breaks its format');
    this.#at = this.end;
    return true;
  }

  #number(): number {
    let number = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.#raw[this.#at++] ?? 0x80;
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    throw damagedTable(this.#path, 'a block breaks its format');
  }
}
