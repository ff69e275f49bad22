import type { Image, Layer } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import type { FileTaker } from '../image/tree/layer-reading.ts';
import { readLayer } from '../image/tree/read-layer.ts';
import { FactReader } from '../inspect/packages/fact-reader.ts';
import type { FileFacts } from '../inspect/packages/join.ts';
import type { LateFile, Squash, SquashOptions } from './squash.ts';

interface LateResult {
  readonly files: FileFacts[];
  readonly problems: Problem[];
}

/** Reads again the few files whose names became interesting only when the layers were joined. */
export async function readLateFiles(
  image: Image,
  squash: Squash,
  options: SquashOptions & { readonly signal?: AbortSignal | undefined },
): Promise<LateResult> {
  const result: LateResult = { files: [], problems: [] };
  const byLayer = Map.groupBy(squash.lateFiles(), ({ origin }) => origin.layer);
  for (const [index, wanted] of byLayer) {
    const layer = image.layers.find((candidate) => candidate.index === index);
    if (layer !== undefined) await readFrom(layer, wanted, options, result);
  }
  return result;
}

async function readFrom(
  layer: Layer,
  wanted: readonly LateFile[],
  { selector, limits, signal }: SquashOptions & { readonly signal?: AbortSignal | undefined },
  result: LateResult,
): Promise<void> {
  const byEntry = Map.groupBy(wanted, ({ origin }) => origin.entry);
  const missing = new Set(wanted);
  const taker: FileTaker = {
    takesReplaced: true,
    wants: (_path, entry) => Math.max(0, ...(byEntry.get(entry) ?? []).map(({ path }) => selector.wants(path))),
    async take(_path, bytes, entry) {
      for (const late of byEntry.get(entry) ?? []) {
        const reader = new FactReader(selector, limits);
        await reader.take(late.path, bytes);
        for (const [path, found] of reader.facts) result.files.push({ path, layer: layer.diffId, found });
        missing.delete(late);
      }
    },
    forget: () => {},
  };
  await readLayer(layer, taker, { limits, signal });
  for (const { path } of missing) result.problems.push(notRead(path, layer));
}

/** Too large, or not where it was before: nothing of it may be lost in silence. */
function notRead(path: string, { diffId }: Layer): Problem {
  const message = `${path}, whose content lies behind a link, could not be read; what it lists is missing.`;
  return { kind: 'problem', where: { path, layer: diffId }, code: 'unreadable', message };
}
