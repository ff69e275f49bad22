import type { Image, Layer } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import { ProblemList } from '../base/problem-list.ts';
import type { FileTaker } from '../image/tree/layer-reading.ts';
import { readLayer } from '../image/tree/read-layer.ts';
import { FactReader } from '../inspect/packages/fact-reader.ts';
import type { FileFacts } from '../inspect/packages/join.ts';
import type { LateFile, Squash, SquashOptions } from './squash.ts';

/**
 * Bytes that are parsed again at most, in largest files: 512 MB. Hard links give one file any number of names, and each name is
 * read for itself; stores of pnpm have some 100 MB of such.
 */
const maxLateFiles = 16;

interface LateResult {
  readonly files: FileFacts[];
  readonly problems: ProblemList;
  bytes: number;
}

type ReadLateOptions = SquashOptions & { readonly signal?: AbortSignal | undefined };

/** Reads again the few files whose names became interesting only when the layers were joined. */
export async function readLateFiles(
  image: Image,
  squash: Squash,
  options: ReadLateOptions,
): Promise<{ files: readonly FileFacts[]; problems: readonly Problem[] }> {
  const result: LateResult = { files: [], problems: new ProblemList(options.limits.maxProblems), bytes: 0 };
  const reader = new FactReader(options.selector, options.limits);
  const byLayer = Map.groupBy(squash.lateFiles(), ({ origin }) => origin.layer);
  for (const [index, wanted] of byLayer) {
    const layer = image.layers.find((candidate) => candidate.index === index);
    if (layer !== undefined) await readFrom(layer, wanted, { ...options, reader }, result);
  }
  return { files: result.files, problems: result.problems.toArray() };
}

async function readFrom(
  layer: Layer,
  wanted: readonly LateFile[],
  { selector, limits, signal, reader }: ReadLateOptions & { readonly reader: FactReader },
  result: LateResult,
): Promise<void> {
  const byEntry = Map.groupBy(wanted, ({ origin }) => origin.entry);
  const missing = new Set(wanted);
  const latesOf = (entry: number) => byEntry.get(entry) ?? [];
  const readEach = async (entry: number, size: number, read: (path: string) => void | Promise<void>) => {
    for (const late of latesOf(entry)) {
      result.bytes += size;
      if (result.bytes > maxLateFiles * limits.maxFileBytes) return;
      await read(late.path);
      result.files.push({ path: late.path, layer: layer.diffId, found: reader.facts.get(late.path) ?? [] });
      reader.forget(late.path);
      missing.delete(late);
    }
  };
  const taker: FileTaker = {
    takesReplaced: true,
    wants: (_path, entry) => Math.max(0, ...latesOf(entry).map(({ path }) => selector.wants(path))),
    wantsLarge: (_path, entry) => Math.max(0, ...latesOf(entry).map(({ path }) => selector.wantsLarge(path))),
    wantsStart: (_path, entry) => {
      const starts = latesOf(entry).map(({ path }) => selector.wantsStart(path) ?? Number.POSITIVE_INFINITY);
      return Math.max(0, ...starts);
    },
    // A program is read under the name that it has in its layer, whatever else leads to it.
    wantsPeek: () => false,
    wantsHead: () => 0,
    take: (_path, bytes, entry) => readEach(entry, bytes.length, (path) => reader.take(path, bytes)),
    takeLarge: (_path, content, entry) => readEach(entry, content.size, (path) => reader.takeLarge(path, content)),
    forget: () => {},
  };
  await readLayer(layer, taker, { limits, signal });
  for (const { path } of missing) result.problems.add(notRead(path, layer));
}

/** Too large, too much together, or not where it was before: nothing of it may be lost in silence. */
function notRead(path: string, { diffId }: Layer): Problem {
  const message = `${path}, whose content lies behind a link, could not be read; what it lists is missing.`;
  return { kind: 'problem', where: { path, layer: diffId }, code: 'unreadable', message };
}
