import type { Problem } from '../model/problem.ts';
import { directorySteps, type ZipDirectory, type ZipLimits } from './zip/directory.ts';
import { readEntry } from './zip/entry.ts';
import type { ZipSource } from './zip/file-source.ts';
import type { Reads, ZipEntry } from './zip/format.ts';

export type { ZipDirectory, ZipLimits } from './zip/directory.ts';
export { openZipFile, type ZipSource } from './zip/file-source.ts';
export type { ZipEntry } from './zip/format.ts';
export { type ArchiveBytes, openEntry, readEntryAt, readZipDirectoryAt } from './zip/random-access.ts';

/**
 * Lists an archive by its central directory: zip64, bytes in front of it, any number of entries up to `limits`. Damage is
 * among the problems, never thrown. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZipDirectory(source: ZipSource, limits: ZipLimits): Promise<ZipDirectory> {
  return runReads(directorySteps(source, limits), source);
}

/**
 * Reads one file of an archive, stored or deflated, and checks its size and CRC. A problem says what is wrong with it, among
 * others that it has more than `maxBytes`.
 */
export function inflateEntry(source: ZipSource, entry: ZipEntry, maxBytes: number): Promise<Buffer | Problem> {
  return runReads(readEntry(source, entry, maxBytes), source);
}

/** `readZipDirectory` for an archive in memory. */
export function readZipDirectorySync(path: string, bytes: Uint8Array, limits: ZipLimits): ZipDirectory {
  return runReadsSync(directorySteps({ path, size: bytes.length }, limits), bytes);
}

/** `inflateEntry` for an archive in memory. */
export function inflateEntrySync(path: string, bytes: Uint8Array, entry: ZipEntry, maxBytes: number): Buffer | Problem {
  return runReadsSync(readEntry({ path, size: bytes.length }, entry, maxBytes), bytes);
}

async function runReads<T>(steps: Reads<T>, source: ZipSource): Promise<T> {
  let step = steps.next();
  while (!step.done) {
    const answer = source.read(step.value.offset, step.value.length);
    step = steps.next(toBuffer(answer instanceof Promise ? await answer : answer));
  }
  return step.value;
}

function runReadsSync<T>(steps: Reads<T>, bytes: Uint8Array): T {
  const whole = toBuffer(bytes);
  let step = steps.next();
  while (!step.done) step = steps.next(whole.subarray(step.value.offset, step.value.offset + step.value.length));
  return step.value;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
