import { inflateEntrySync, readZipDirectorySync } from '../../../../base/bytes/zip.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readMetadata } from './metadata.ts';
import { toProblem } from './problem.ts';

/** Files in one egg; the largest published have some thousands. */
const maxEntries = 100_000;
const maxMetadataBytes = 4 * 1024 * 1024;

/** Reads a zipped egg. https://setuptools.pypa.io/en/latest/deprecated/python_eggs.html */
export function* readEgg(file: OpenFile, limits: Limits): Generator<Found> {
  if (isOtherFormat(file)) return;
  const { path, bytes } = file;
  const { entries, problems } = readZipDirectorySync(path, bytes, { maxEntries, maxPathBytes: limits.maxPathBytes });
  yield* problems;
  const entry = entries.findLast(({ name }) => name === 'EGG-INFO/PKG-INFO');
  if (entry === undefined) {
    if (problems.length === 0) yield toProblem(file, 'incomplete', 'is an egg without EGG-INFO/PKG-INFO');
    return;
  }
  const content = inflateEntrySync(path, bytes, entry, maxMetadataBytes);
  if (Buffer.isBuffer(content)) yield* readMetadata({ path, bytes: content });
  else yield content;
}

/** Chicken Scheme and Panda3D call other files so. Python's begin like a zip archive, or are named `lamp-1.0-py3.8.egg`. */
function isOtherFormat({ path, bytes }: OpenFile): boolean {
  return !(bytes[0] === 0x50 && bytes[1] === 0x4b) && !/-py\d[^/]{0,60}\.egg$/.test(path);
}
