import type { Problem } from '../../model/problem.ts';
import { accessBytes, maxReadBytes, type RandomAccess } from '../random-access.ts';
import { directorySteps, type ZipDirectory, type ZipLimits } from './directory.ts';
import { findData, readEntry } from './entry.ts';
import type { Reads, ZipEntry, ZipPlace } from './format.ts';

/** An archive that is read where it lies. */
export interface ArchiveBytes {
  /** How it is called in problems. */
  readonly path: string;
  readonly content: RandomAccess;
}

/** `readZipDirectory` for an archive that is read where it lies. */
export function readZipDirectoryAt(archive: ArchiveBytes, limits: ZipLimits): ZipDirectory {
  return runReadsAt(directorySteps(toPlace(archive), limits), archive.content);
}

/** `inflateEntry` for an archive that is read where it lies. */
export function readEntryAt(archive: ArchiveBytes, entry: ZipEntry, maxBytes: number): Buffer | Problem {
  return runReadsAt(readEntry(toPlace(archive), entry, maxBytes), archive.content);
}

/**
 * A file of an archive, to be read in turn: a stored one where it lies, whatever its size and without a look at its checksum; a
 * deflated one in memory, if it has at most `maxBytes`.
 */
export function openEntry(archive: ArchiveBytes, entry: ZipEntry, maxBytes: number): RandomAccess | Problem {
  if (entry.method !== 0 || entry.encrypted) {
    const bytes = readEntryAt(archive, entry, maxBytes);
    return 'kind' in bytes ? bytes : accessBytes(bytes);
  }
  const start = runReadsAt(findData(toPlace(archive), entry), archive.content);
  return typeof start === 'number' ? accessPart(archive.content, start, entry.compressedSize) : start;
}

function toPlace({ path, content }: ArchiveBytes): ZipPlace {
  return { path, size: content.size };
}

function runReadsAt<T>(steps: Reads<T>, content: RandomAccess): T {
  let step = steps.next();
  while (!step.done) step = steps.next(readAll(content, step.value.offset, step.value.length));
  return step.value;
}

/** Any number of bytes. What became shorter while it was read ends in zeros, which fit no checksum. */
function readAll(content: RandomAccess, offset: number, length: number): Buffer {
  const first = content.read(offset, Math.min(length, maxReadBytes));
  if (first.length === length) return first;
  const all = Buffer.alloc(length);
  first.copy(all);
  for (let done = first.length; done < length; ) {
    const bytes = content.read(offset + done, Math.min(length - done, maxReadBytes));
    if (bytes.length === 0) break;
    bytes.copy(all, done);
    done += bytes.length;
  }
  return all;
}

function accessPart(content: RandomAccess, start: number, size: number): RandomAccess {
  return {
    size,
    read: (offset, length) =>
      content.read(start + Math.min(offset, size), Math.max(0, Math.min(length, size - offset))),
  };
}
