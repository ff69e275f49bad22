import type { FileHandle } from 'node:fs/promises';
import { endOfArchive, tarHeader, tarPadding } from '../../base/bytes/tar/writer.ts';
import { PlimsollError } from '../../base/errors.ts';

/*
 * An export is a plain ustar archive of regular files, so that `tar -tvf` shows what is in it. It is written with fixed times
 * and owners: the same data gives the same bytes. The reader takes exactly what the writer makes and nothing else; a path in it
 * is only ever compared with the one that is expected.
 */

const blockBytes = 512;

/** Header of a member. */
export function encodeMemberHeader(name: string, bytes: number): Buffer {
  return tarHeader({ path: name, size: bytes });
}

/** Reads an export from its beginning. Everything fails with `data-damaged` where the file is not what the writer makes. */
export class ArchiveReader {
  readonly #file: FileHandle;
  readonly #path: string;
  #position = 0;

  constructor(file: FileHandle, path: string) {
    this.#file = file;
    this.#path = path;
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
    if ((await this.#file.stat()).size !== this.#position) throw this.damaged('there are bytes after its end');
  }

  damaged(what: string, cause?: unknown): PlimsollError {
    return new PlimsollError(
      'data-damaged',
      `${this.#path} cannot be imported: ${what}. Nothing was changed. Export or copy it again.`,
      { cause },
    );
  }

  async #read(length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    for (let done = 0; done < length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, length - done, this.#position + done);
      if (bytesRead === 0) throw this.damaged('it ends too early');
      done += bytesRead;
    }
    this.#position += length;
    return bytes;
  }
}
