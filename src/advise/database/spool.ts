import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toStorageError } from '../../base/places.ts';

const bufferBytes = 1024 * 1024;

/** Where a value lies in a spool. */
export interface SpoolPlace {
  readonly offset: number;
  readonly length: number;
}

/** A file for values that wait to be sorted, so that a feed of any size needs little memory. Gone when it is closed. */
export class Spool implements Disposable {
  readonly #path: string;
  readonly #file: number;
  readonly #buffer = Buffer.allocUnsafe(bufferBytes);
  #flushed = 0;
  #used = 0;

  constructor(directory: string) {
    this.#path = join(directory, `spool-${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      this.#file = openSync(this.#path, 'wx+');
    } catch (cause) {
      throw toStorageError('create', this.#path, cause);
    }
  }

  append(text: string): SpoolPlace {
    const length = Buffer.byteLength(text);
    if (this.#used + length > bufferBytes) this.#flush();
    const offset = this.#flushed + this.#used;
    if (length > bufferBytes) {
      this.#write(Buffer.from(text));
      this.#flushed += length;
    } else this.#used += this.#buffer.write(text, this.#used);
    return { offset, length };
  }

  read({ offset, length }: SpoolPlace): Buffer {
    if (offset + length > this.#flushed) this.#flush();
    const bytes = Buffer.allocUnsafe(length);
    try {
      for (let done = 0; done < length; ) {
        const count = readSync(this.#file, bytes, done, length - done, offset + done);
        if (count === 0) throw new Error('the file has shrunk');
        done += count;
      }
    } catch (cause) {
      throw toStorageError('read', this.#path, cause);
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
    try {
      unlinkSync(this.#path);
    } catch {
      // Whoever clears old temporary files was quicker.
    }
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#used));
    this.#flushed += this.#used;
    this.#used = 0;
  }

  #write(bytes: Uint8Array): void {
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(this.#file, bytes, done);
    } catch (cause) {
      throw toStorageError('write', this.#path, cause);
    }
  }
}
