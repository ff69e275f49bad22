import { createReadStream } from 'node:fs';
import { decompress } from '../../base/bytes/decompress.ts';
import { endOfArchive, tarHeader, tarPadding } from '../../base/bytes/tar/writer.ts';
import { PlimsollError, toMessage } from '../../base/errors.ts';

/*
 * An export is a ustar archive of regular files, compressed with zstd, so that `tar -tvf` shows what is in it. It is written with
 * fixed times and owners: the same data gives the same bytes. The reader takes exactly what the writer makes, compressed or not,
 * and nothing else; a path in it is only ever compared with the one that is expected.
 */

const blockBytes = 512;

/** Advisories shrink to a seventh; what unpacks to more than this would only be made to fill the disk. */
const limits = {
  maxLayerBytes: 64 * 1024 * 1024 * 1024,
  maxExpansionRatio: 100,
  freeExpansionBytes: 64 * 1024 * 1024,
};

/** Header of a member. */
export function encodeMemberHeader(name: string, bytes: number): Buffer {
  return tarHeader({ path: name, size: bytes });
}

/** Reads an export from its beginning. Everything fails with `data-damaged` where the file is not what the writer makes. */
export class ArchiveReader {
  readonly #path: string;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = Buffer.alloc(0) as Buffer;
  #position = 0;

  constructor(path: string) {
    this.#path = path;
    this.#chunks = decompress(createReadStream(path, { highWaterMark: 1024 * 1024 }), limits, 'the file');
  }

  /** Closes the file. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Length of the next member, whose name must be this one. */
  async enter(name: string): Promise<number> {
    const header = await this.#read(blockBytes);
    const bytes = Number.parseInt(/^[0-7]{11}\0$/.exec(header.toString('latin1', 124, 136))?.[0] ?? '', 8);
    if (Number.isNaN(bytes) || !header.equals(encodeMemberHeader(name, bytes)))
      throw this.damaged(
        this.#position === blockBytes ? 'it is not an export of Plimsoll' : `${name} is missing from it`,
      );
    return bytes;
  }

  /** The bytes of the member that was entered. */
  async *contents(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0; ) {
      const chunk = await this.#read(Math.min(left, 1024 * 1024));
      left -= chunk.length;
      yield chunk;
    }
    if ((await this.#read(tarPadding(bytes).length)).some((byte) => byte !== 0))
      throw this.damaged('there are bytes where none belong');
  }

  /** Fails unless the archive ends here. */
  async end(): Promise<void> {
    if (!(await this.#read(endOfArchive.length)).equals(endOfArchive))
      throw this.damaged('there is more in it than it says');
    if (this.#rest.length > 0 || (await this.#next()).length > 0) throw this.damaged('there are bytes after its end');
  }

  damaged(what: string, cause?: unknown): PlimsollError {
    return new PlimsollError(
      'data-damaged',
      `${this.#path} cannot be imported: ${what}. Nothing was changed. Export or copy it again.`,
      { cause },
    );
  }

  /** Whoever unpacks speaks of images, and of what to do about those. */
  #toError(cause: unknown): PlimsollError {
    if (!(cause instanceof PlimsollError))
      return new PlimsollError('storage', `Cannot read ${this.#path}: ${toMessage(cause)}.`, { cause });
    return this.damaged(
      cause.code === 'limit-exceeded' ? 'it unpacks to more than it should' : 'it is cut off or altered',
      cause,
    );
  }

  async #read(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let missing = length; missing > 0; ) {
      if (this.#rest.length === 0) this.#rest = await this.#next();
      if (this.#rest.length === 0) throw this.damaged('it ends too early');
      const part = this.#rest.subarray(0, missing);
      this.#rest = this.#rest.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    this.#position += length;
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** The bytes that come next; none at the end. */
  async #next(): Promise<Buffer> {
    for (;;) {
      const { done, value } = await this.#chunks.next().catch((cause: unknown) => {
        throw this.#toError(cause);
      });
      if (done) return Buffer.alloc(0);
      if (value.length > 0) return Buffer.from(value.buffer, value.byteOffset, value.length);
    }
  }
}
