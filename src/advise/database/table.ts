import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { toStorageError } from '../../base/places.ts';
import { hashKey, mayContain } from './bloom-filter.ts';
import { decodeBlock, findInBlock } from './table-block.ts';
import {
  damagedTable,
  decodeFooter,
  decompressBlock,
  type Footer,
  footerBytes,
  tableBounds,
  tableMagic,
} from './table-format.ts';
import { type BlockIndex, decodeIndex } from './table-index.ts';
import type { TableEntry } from './table-writer.ts';

/**
 * An open table. All reads are positioned reads of one file, so a table that is replaced or removed meanwhile stays readable.
 * Every method fails with `data-damaged` where the file breaks its format.
 */
export class Table implements Disposable {
  readonly path: string;
  /** The header as it was parsed: whoever reads it checks its shape. */
  readonly header: unknown;
  readonly #file: number;
  readonly #footer: Footer;
  readonly #index: BlockIndex;
  /** What the last block that is stored as it is was read into: fresh memory costs more than reading. */
  #plain = Buffer.alloc(0) as Buffer;
  #last: { readonly number: number; readonly block: Buffer } | undefined;
  #filter: Buffer | undefined;

  private constructor(path: string, file: number) {
    this.path = path;
    this.#file = file;
    const size = fstatSync(file).size;
    const start = this.#readHead(size);
    this.#footer = this.#readFooter(size);
    this.header = this.#parseHeader(start);
    this.#index = this.#readIndex(tableMagic.length + 4 + start);
  }

  /** Opens a table; `storage` where the file cannot be opened, with the system's error as cause. */
  static open(path: string): Table {
    let file: number;
    try {
      file = openSync(path, 'r');
    } catch (cause) {
      throw toStorageError('read', path, cause);
    }
    try {
      return new Table(path, file);
    } catch (error) {
      closeSync(file);
      throw error;
    }
  }

  /** How many entries there are. */
  get entryCount(): number {
    return this.#footer.entries;
  }

  /**
   * The values of a key, in the order they were written; none where the key is absent. They are good until the next look-up.
   * @param isExpected The key is most likely there: the filter, which makes absent keys cheap, is not asked.
   */
  get(key: string, isExpected = false): Uint8Array[] {
    if (!isExpected) {
      this.#filter ??= this.#readFilter();
      if (!mayContain(this.#filter, hashKey(key))) return [];
    }
    const values: Uint8Array[] = [];
    for (let number = this.#firstBlockFor(key); number < this.#footer.blocks; number++) {
      if (this.#index.firstKey(number) > key) break;
      // A further block must not be read over one that values of this key lie in.
      const block = values.length === 0 ? this.#block(number) : this.#freshBlock(number);
      for (const value of findInBlock(block, key, this.path)) values.push(value);
    }
    return values;
  }

  /** Most look-ups in order of the keys end in the same block as the one before. */
  #firstBlockFor(key: string): number {
    const last = this.#last?.number;
    const isBetween =
      last !== undefined &&
      this.#index.firstKey(last) < key &&
      (last + 1 === this.#footer.blocks || this.#index.firstKey(last + 1) > key);
    return isBetween ? last : this.#index.firstBlockFor(key);
  }

  /** Every entry in order. Checks each block, and that keys are in order and as many as stated. */
  *entries(): Generator<TableEntry> {
    let previous = '';
    let count = 0;
    for (let number = 0; number < this.#footer.blocks; number++) {
      const { keys, values } = decodeBlock(this.#freshBlock(number), this.path);
      if (keys[0] !== this.#index.firstKey(number)) throw damagedTable(this.path, 'its index names other keys');
      for (const [place, key] of keys.entries()) {
        if (key < previous) throw damagedTable(this.path, 'its keys are not in order');
        previous = key;
        count++;
        yield { key, value: values[place]! };
      }
    }
    if (count !== this.#footer.entries) throw damagedTable(this.path, 'it does not hold as many entries as it says');
  }

  close(): void {
    closeSync(this.#file);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** Look-ups in order of the keys ask for the same block again and again. */
  #block(number: number): Buffer {
    if (this.#last?.number === number) return this.#last.block;
    // Whatever becomes of this reading, what was read before is overwritten.
    this.#last = undefined;
    const { stored, raw } = this.#index.place(number);
    const block = stored === raw ? this.#readBlock(number, this.#plainSpace(stored)) : this.#freshBlock(number);
    this.#last = { number, block };
    return block;
  }

  #freshBlock(number: number): Buffer {
    return this.#readBlock(number, Buffer.allocUnsafe(this.#index.place(number).stored));
  }

  #plainSpace(length: number): Buffer {
    if (this.#plain.length < length) this.#plain = Buffer.allocUnsafe(Math.max(length, 2 * this.#plain.length));
    return this.#plain.subarray(0, length);
  }

  #readBlock(number: number, into: Buffer): Buffer {
    const { offset, stored, raw, checksum } = this.#index.place(number);
    const bytes = this.#readInto(into, offset);
    // A block that compression would not make smaller, or that is looked up too often to unpack, is stored as it is.
    if (crc32(bytes) !== checksum) throw damagedTable(this.path, 'a block has changed');
    return stored === raw ? bytes : decompressBlock(bytes, raw, this.path);
  }

  /** Bytes of the header. */
  #readHead(size: number): number {
    if (size < tableMagic.length + 4 + footerBytes) throw damagedTable(this.path, 'it is too short');
    const head = this.#read(0, tableMagic.length + 4);
    if (!head.subarray(0, tableMagic.length).equals(tableMagic))
      throw damagedTable(this.path, 'it is not a table, or of another version');
    return head.readUInt32LE(tableMagic.length);
  }

  #parseHeader(length: number): unknown {
    if (length > tableBounds.maxHeaderBytes) throw damagedTable(this.path, 'its header is too long');
    const bytes = this.#read(tableMagic.length + 4, length);
    if (crc32(bytes) !== this.#footer.headerChecksum) throw damagedTable(this.path, 'its header has changed');
    try {
      return JSON.parse(bytes.toString('utf8'));
    } catch (cause) {
      throw damagedTable(this.path, 'its header is not JSON', cause);
    }
  }

  #readFooter(size: number): Footer {
    const footer = decodeFooter(this.#read(size - footerBytes, footerBytes));
    if (footer === undefined) throw damagedTable(this.path, 'its end is missing');
    const { filterOffset, filterLength, indexLength, indexRawLength, blocks } = footer;
    const fits =
      filterOffset + filterLength + indexLength + footerBytes === size &&
      filterLength <= tableBounds.maxFilterBytes &&
      indexLength <= tableBounds.maxIndexBytes &&
      indexRawLength <= tableBounds.maxIndexBytes &&
      blocks <= tableBounds.maxBlocks;
    if (!fits) throw damagedTable(this.path, 'its end contradicts its size');
    return footer;
  }

  #readIndex(blocksOffset: number): BlockIndex {
    const { filterOffset, filterLength, indexLength, indexRawLength, indexChecksum, blocks } = this.#footer;
    const stored = this.#read(filterOffset + filterLength, indexLength);
    if (crc32(stored) !== indexChecksum) throw damagedTable(this.path, 'its index has changed');
    const raw = decompressBlock(stored, indexRawLength, this.path);
    return decodeIndex(raw, { path: this.path, blocks, from: blocksOffset, to: filterOffset });
  }

  #readFilter(): Buffer {
    const { filterOffset, filterLength, filterChecksum } = this.#footer;
    const bytes = this.#read(filterOffset, filterLength);
    if (crc32(bytes) !== filterChecksum) throw damagedTable(this.path, 'its filter has changed');
    return bytes;
  }

  #read(offset: number, length: number): Buffer {
    return this.#readInto(Buffer.allocUnsafe(length), offset);
  }

  #readInto(bytes: Buffer, offset: number): Buffer {
    let done = 0;
    while (done < bytes.length) {
      const count = this.#readOnce(bytes, done, offset);
      if (count === 0) throw damagedTable(this.path, 'it ends too early');
      done += count;
    }
    return bytes;
  }

  #readOnce(bytes: Buffer, done: number, offset: number): number {
    try {
      return readSync(this.#file, bytes, done, bytes.length - done, offset + done);
    } catch (cause) {
      throw toStorageError('read', this.path, cause);
    }
  }
}
