import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

/** A part of a file on disk, in bytes. */
export interface FileRange {
  readonly path: string;
  readonly start: number;
  readonly size: number;
}

/** Small enough to stay in the processor's cache between reading and hashing. */
const chunkBytes = 256 * 1024;
/** After so many bytes the event loop gets its turn: some 20 ms of hashing. */
const turnBytes = 32 * 1024 * 1024;

/**
 * Digest of a part of a file, in hexadecimal; undefined where the file ends before it. Reads synchronously into one buffer, which
 * is a third faster than a stream.
 */
export async function hashFile(
  { path, start, size }: FileRange,
  algorithm: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const file = openSync(path, 'r');
  try {
    const hash = createHash(algorithm);
    const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(size, 1)));
    for (let done = 0, turn = 0; done < size; ) {
      const bytes = readSync(file, buffer, 0, Math.min(buffer.length, size - done), start + done);
      if (bytes === 0) return undefined;
      hash.update(bytes === buffer.length ? buffer : buffer.subarray(0, bytes));
      done += bytes;
      if (done - turn < turnBytes) continue;
      turn = done;
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    return hash.digest('hex');
  } finally {
    closeSync(file);
  }
}
