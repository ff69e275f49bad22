import { readEntryAt, readZipDirectoryAt } from '../../../../base/bytes/zip.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { readVsixManifest } from '../../lang/vscode/read-extension.ts';

/** Files in one archive; the largest published, with all of their `node_modules`, have some ten thousand. */
const maxEntries = 100_000;
const maxManifestBytes = 4 << 20;

/** Reads the manifest of an extension's archive where it lies. Those of Visual Studio itself have one of an older form. */
export function* readVsix(file: LargeFile, limits: Limits): Generator<Found> {
  const directory = readZipDirectoryAt(file, {
    maxEntries,
    maxPathBytes: limits.maxPathBytes,
    maxDirectoryBytes: 32 << 20,
  });
  yield* directory.problems;
  const entry = directory.entries.findLast(({ name }) => name === 'extension.vsixmanifest');
  if (entry === undefined) {
    if (directory.problems.length === 0) yield problemOf(file, 'incomplete', 'it is an extension without a manifest');
    return;
  }
  const bytes = readEntryAt(file, entry, maxManifestBytes);
  if (!Buffer.isBuffer(bytes)) return yield bytes;
  for (const item of readVsixManifest({ path: file.path, bytes }, limits))
    yield item.kind === 'package' ? { ...item, state: 'declared' } : item;
}
