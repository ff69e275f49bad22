import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { toStorageError } from '../../base/places.ts';
import { buildFilter, hashKey } from './bloom-filter.ts';
import {
  compressBlock,
  encodeFooter,
  tableBounds,
  tableMagic,
  targetBlockBytes,
  targetPlainBlockBytes,
} from './table-format.ts';

/** One entry of a table. */
export interface TableEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/** A table that was written: hex SHA-256 and length of its file. */
export interface WrittenTable {
  readonly digest: string;
  readonly bytes: number;
}

export interface WriteOptions {
  /** Stores blocks as they are: larger, but a look-up that meets a block of its own each time saves most of its cost. */
  readonly uncompressed?: boolean;
}

/**
 * Writes a table to a new file and flushes it to the disk. Entries must come in order of their keys; the caller renames the
 * file to where it is looked for.
 */
export function writeTable(
  path: string,
  header: object,
  entries: Iterable<TableEntry>,
  options: WriteOptions = {},
): WrittenTable {
  let file: number | undefined;
  try {
    file = openSync(path, 'wx');
    const written = new TableWriter(file, options).write(header, entries);
    fsyncSync(file);
    return written;
  } catch (cause) {
    if (file !== undefined) rmSync(path, { force: true });
    // A wrong order or an oversized entry is a fault of the caller, not of the disk.
    throw cause instanceof RangeError ? cause : toStorageError('write', path, cause);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

class TableWriter {
  readonly #file: number;
  readonly #uncompressed: boolean;
  readonly #hash = createHash('sha256');
  readonly #hashes: number[] = [];
  readonly #index: Buffer[] = [];
  #position = 0;
  #entries = 0;

  constructor(file: number, { uncompressed = false }: WriteOptions) {
    this.#file = file;
    this.#uncompressed = uncompressed;
  }

  write(header: object, entries: Iterable<TableEntry>): WrittenTable {
    const headerBytes = this.#writeHeader(header);
    this.#writeBlocks(entries);
    const filterOffset = this.#position;
    const filter = buildFilter(this.#hashes);
    this.#append(filter);
    const rawIndex = Buffer.concat(this.#index);
    const index = compressBlock(rawIndex);
    this.#append(index);
    this.#append(
      encodeFooter({
        filterOffset,
        filterLength: filter.length,
        filterChecksum: crc32(filter),
        indexLength: index.length,
        indexRawLength: rawIndex.length,
        indexChecksum: crc32(index),
        headerChecksum: crc32(headerBytes),
        blocks: this.#index.length,
        entries: this.#entries,
      }),
    );
    return { digest: this.#hash.digest('hex'), bytes: this.#position };
  }

  #writeHeader(header: object): Buffer {
    const bytes = Buffer.from(JSON.stringify(header));
    if (bytes.length > tableBounds.maxHeaderBytes) throw new RangeError(`table header of ${bytes.length} bytes`);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(bytes.length);
    this.#append(Buffer.concat([tableMagic, length, bytes]));
    return bytes;
  }

  #writeBlocks(entries: Iterable<TableEntry>): void {
    const target = this.#uncompressed ? targetPlainBlockBytes : targetBlockBytes;
    let parts: Buffer[] = [];
    let size = 0;
    let firstKey = '';
    let previous: string | undefined;
    for (const { key, value } of entries) {
      if (previous !== undefined && key < previous) throw new RangeError(`table key ${key} after ${previous}`);
      if (key !== previous) this.#hashes.push(hashKey(key));
      if (size === 0) firstKey = key;
      const entry = encodeEntry(size === 0 ? '' : previous!, key, value);
      parts.push(entry);
      size += entry.length;
      previous = key;
      this.#entries++;
      if (size >= target) {
        this.#writeBlock(firstKey, Buffer.concat(parts));
        parts = [];
        size = 0;
      }
    }
    if (size > 0) this.#writeBlock(firstKey, Buffer.concat(parts));
  }

  #writeBlock(firstKey: string, raw: Buffer): void {
    const compressed = this.#uncompressed ? raw : compressBlock(raw);
    // Equal lengths say that a block is stored as it is.
    const stored = compressed.length < raw.length ? compressed : raw;
    const key = Buffer.from(firstKey);
    const row = Buffer.alloc(14 + key.length);
    row.writeUInt32LE(stored.length, 0);
    row.writeUInt32LE(raw.length, 4);
    row.writeUInt32LE(crc32(stored), 8);
    row.writeUInt16LE(key.length, 12);
    key.copy(row, 14);
    this.#index.push(row);
    this.#append(stored);
  }

  #append(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    this.#position += bytes.length;
  }
}

function encodeEntry(previous: string, key: string, value: Uint8Array): Buffer {
  const kept = sharedLength(previous, key);
  const rest = Buffer.from(key.slice(kept));
  if (Buffer.byteLength(key) > tableBounds.maxKeyBytes) throw new RangeError(`table key of ${key.length} characters`);
  if (value.length > tableBounds.maxValueBytes) throw new RangeError(`table value of ${value.length} bytes for ${key}`);
  const numbers: number[] = [];
  for (let number of [kept, rest.length, value.length]) {
    for (; number > 0x7f; number >>>= 7) numbers.push((number & 0x7f) | 0x80);
    numbers.push(number);
  }
  return Buffer.concat([Buffer.from(numbers), rest, value]);
}

function sharedLength(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  let length = 0;
  while (length < end && a.charCodeAt(length) === b.charCodeAt(length)) length++;
  // Half a surrogate pair cannot be written as UTF-8.
  const last = b.charCodeAt(length - 1);
  return last >= 0xd800 && last < 0xdc00 ? length - 1 : length;
}
