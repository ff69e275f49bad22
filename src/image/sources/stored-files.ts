import { createReadStream } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileRange } from '../../base/bytes/hash-file.ts';
import { PlimsollError, toMessage } from '../../base/errors.ts';

/** A file of an image: on the local disk by itself or inside an uncompressed archive, or in what an engine sends. */
export interface StoredFile {
  /** Bytes. */
  readonly size: number;
  /** Where its bytes lie on the disk, if they do. */
  readonly range?: FileRange;
  /** All its bytes, at most `maxBytes`. Throws `limit-exceeded`. */
  readWhole(maxBytes: number): Promise<Buffer>;
  stream(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Changes whenever the bytes may have: for a file on disk its device, inode, size and times, and the place in it. */
  stamp?(): Promise<string>;
}

/** Named files of one image. Names come from the image: implementations never let them leave their root. */
export interface StoredFiles {
  /** What to call it in errors. */
  readonly name: string;
  find(name: string): Promise<StoredFile | undefined>;
}

/** Bytes asked of the disk at once. */
const chunkBytes = 1 << 20;

/** A part of a file on disk, or the whole of it. */
export class FilePart implements StoredFile {
  readonly path: string;
  readonly start: number;
  readonly size: number;
  readonly #madeFrom: string;

  /** @param madeFrom The file that `path` is an unpacked copy of: its identity counts, since the copy is gone after each scan. */
  constructor(path: string, start: number, size: number, madeFrom: string = path) {
    this.path = path;
    this.start = start;
    this.size = size;
    this.#madeFrom = madeFrom;
  }

  get range(): FileRange {
    return { path: this.path, start: this.start, size: this.size };
  }

  async readWhole(maxBytes: number): Promise<Buffer> {
    if (this.size > maxBytes)
      throw new PlimsollError(
        'limit-exceeded',
        `${this.path}: ${this.size} bytes where at most ${maxBytes} are read. This is no image document.`,
      );
    const handle = await openFile(this.path);
    try {
      return await readExactly(handle, this.start, this.size, this.path);
    } finally {
      await handle.close();
    }
  }

  async *stream(signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    if (this.size === 0) return;
    const range = {
      start: this.start,
      end: this.start + this.size - 1,
      highWaterMark: chunkBytes,
      ...(signal ? { signal } : {}),
    };
    try {
      yield* createReadStream(this.path, range) as AsyncIterable<Uint8Array>;
    } catch (error) {
      signal?.throwIfAborted();
      throw unreadable(this.path, error);
    }
  }

  async stamp(): Promise<string> {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(this.#madeFrom, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs, this.start, this.size].join('.');
  }
}

/** The files of a directory. */
export class Folder implements StoredFiles {
  readonly name: string;

  constructor(path: string) {
    this.name = path;
  }

  async find(name: string): Promise<StoredFile | undefined> {
    if (!isSafeName(name)) return undefined;
    const path = join(this.name, name);
    try {
      const { size } = await regularFile(path);
      return new FilePart(path, 0, size);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unreadable(path, error);
    }
  }
}

/** Whether a name from an image stays inside its root: relative, without `..`, NUL or backslash. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    name.length < 1024 &&
    !/[\0\\]/.test(name) &&
    !name.startsWith('/') &&
    !name.split('/').includes('..')
  );
}

export async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
}

export async function readExactly(handle: FileHandle, start: number, length: number, path: string): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0)
      throw new PlimsollError(
        'image-unreadable',
        `${path} is cut off: it ends at byte ${start + filled}. Save or copy it again.`,
      );
    filled += bytesRead;
  }
  return bytes;
}

export function unreadable(path: string, error: unknown): PlimsollError {
  const missing = isMissing(error);
  return new PlimsollError(
    missing ? 'reference-unreadable' : 'image-unreadable',
    missing ? `${path} does not exist.` : `${path} cannot be read: ${toMessage(error)}.`,
    { cause: error },
  );
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** A pipe or a device would block or never end. */
async function regularFile(path: string): Promise<{ size: number }> {
  const found = await stat(path);
  if (!found.isFile()) throw new Error('it is no regular file');
  return found;
}
