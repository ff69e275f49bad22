import type { FileHandle } from 'node:fs/promises';
import { PlimsollError } from '../../base/errors.ts';

/*
 * An export is a plain ustar archive of regular files, so that `tar -tvf` shows what is in it. It is written with fixed times
 * and owners: the same data gives the same bytes. The reader takes exactly what the writer makes and nothing else; a path in it
 * is only ever compared with the one that is expected.
 */

const blockBytes = 512;
/** Largest size that eleven octal digits hold. */
const maxMemberBytes = 0o77777777777;

/** Header of a member. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
export function encodeMemberHeader(name: string, bytes: number): Buffer {
  if (Buffer.byteLength(name) > 99 || bytes > maxMemberBytes)
    throw new RangeError(`archive member ${name} of ${bytes} bytes`);
  const header = Buffer.alloc(blockBytes);
  const put = (offset: number, text: string) => header.write(text, offset, 'latin1');
  put(0, name);
  put(100, '0000644\0');
  put(108, '0000000\0');
  put(116, '0000000\0');
  put(124, `${bytes.toString(8).padStart(11, '0')}\0`);
  put(136, '00000000000\0');
  put(148, '        ');
  put(156, '0');
  put(257, 'ustar\x0000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `);
  return header;
}

/** Zeros after a member of so many bytes, up to the next block. */
export function paddingAfter(bytes: number): Buffer {
  return Buffer.alloc((blockBytes - (bytes % blockBytes)) % blockBytes);
}

/** The two empty blocks at the end of an archive. */
export const archiveEnd: Buffer = Buffer.alloc(2 * blockBytes);

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
    if ((await this.#read(paddingAfter(bytes).length)).some((byte) => byte !== 0))
      throw this.damaged('there are bytes where none belong');
  }

  /** Fails unless the archive ends here. */
  async end(): Promise<void> {
    if (!(await this.#read(archiveEnd.length)).equals(archiveEnd))
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
