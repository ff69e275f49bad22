import { open } from 'node:fs/promises';
import { PlimsollError, toMessage } from '../../errors.ts';

/** Bytes that can be read at any place. `read` is asked only for bytes inside `size` and answers with exactly those. */
export interface ZipSource {
  /** How the archive is called in problems. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  read(offset: number, length: number): Uint8Array | Promise<Uint8Array>;
}

/** Thousands of small records that lie behind one another are then read with one call of the system. */
const windowBytes = 1024 * 1024;

/** Opens an archive on disk; `what` names it in problems. Throws `storage` if it cannot be read. */
export async function openZipFile(path: string, what: string = path): Promise<ZipSource & AsyncDisposable> {
  const handle = await open(path, 'r').catch((cause: unknown) => {
    throw unreadable(what, toMessage(cause), cause);
  });
  const { size } = await handle.stat();
  let window = { offset: 0, bytes: Buffer.alloc(0) };

  async function fill(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(Math.min(Math.max(length, windowBytes), size - offset));
    for (let filled = 0; filled < bytes.length; ) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) throw unreadable(what, 'it became shorter while it was read');
      filled += bytesRead;
    }
    window = { offset, bytes };
    return bytes.subarray(0, length);
  }

  return {
    path: what,
    size,
    read(offset, length) {
      const start = offset - window.offset;
      const isInside = start >= 0 && start + length <= window.bytes.length;
      return isInside ? window.bytes.subarray(start, start + length) : fill(offset, length);
    },
    [Symbol.asyncDispose]: () => handle.close(),
  };
}

function unreadable(what: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError('storage', `${what} cannot be read: ${detail}. Check the disk and try again.`, { cause });
}
