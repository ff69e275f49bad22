import { readEntryAt, readZipDirectoryAt } from '../../../../base/bytes/zip.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { readMetadata } from '../../lang/pypi/metadata.ts';

/** Files in one wheel; the largest published have some thousands. */
const maxEntries = 100_000;
const maxMetadataBytes = 4 << 20;

/** Reads the metadata of a wheel where it lies. */
export function* readWheel(file: LargeFile, limits: Limits): Generator<Found> {
  const directory = readZipDirectoryAt(file, {
    maxEntries,
    maxPathBytes: limits.maxPathBytes,
    maxDirectoryBytes: 32 << 20,
  });
  yield* directory.problems;
  const entry = directory.entries.findLast(({ name }) => /^[^/]+\.dist-info\/METADATA$/.test(name));
  if (entry === undefined) {
    if (directory.problems.length === 0) yield problemOf(file, 'incomplete', 'it is a wheel without metadata');
    return;
  }
  const bytes = readEntryAt(file, entry, maxMetadataBytes);
  if (!Buffer.isBuffer(bytes)) yield bytes;
  else
    for (const item of readMetadata({ path: file.path, bytes }))
      yield item.kind === 'package' ? { ...item, state: 'declared' } : item;
}
