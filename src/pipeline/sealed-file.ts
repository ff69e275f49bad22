import { readFile, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import { PlimsollError } from '../base/errors.ts';
import { ensureDirectory, writeAside } from '../base/places.ts';

/*
 * A remembered result on disk: the CRC-32 of what follows, then that. A file that is damaged in any way is as good as none, and so
 * is a place that cannot be written: whatever is remembered can be made again.
 */

/** What was written at a path; undefined where there is nothing, or it is damaged. Reading counts as use. */
export async function readSealed(path: string): Promise<Buffer | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined || bytes.length < 4) return undefined;
  const content = bytes.subarray(4);
  if (crc32(content) !== bytes.readUInt32LE(0)) return undefined;
  const now = new Date();
  // The age of a file is when it was last of use: the oldest go first when the cache is trimmed.
  await utimes(path, now, now).catch(() => {});
  return content;
}

export async function writeSealed(path: string, content: Buffer): Promise<void> {
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32(content));
  try {
    await ensureDirectory(dirname(path));
    await writeAside(path, Buffer.concat([sum, content]));
  } catch (error) {
    const isOfDisk = error instanceof PlimsollError || typeof (error as NodeJS.ErrnoException).code === 'string';
    if (!isOfDisk) throw error;
  }
}
