import { HashPool } from '../base/bytes/hash-pool.ts';
import type { Limits } from '../base/limits.ts';
import type { Image, Layer } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import { GatheringSpace } from '../image/tree/large-files.ts';
import { beginLargestFirst } from '../image/tree/plain-digests.ts';
import { readLayer } from '../image/tree/read-layer.ts';
import { FactReader } from '../inspect/packages/fact-reader.ts';
import type { FileFacts } from '../inspect/packages/join.ts';
import type { FollowDirectory } from '../inspect/packages/owners.ts';
import type { LayerCache } from './layer-cache.ts';
import type { LayerResult } from './layer-result.ts';
import type { PassingLayers } from './passing-layers.ts';
import { readLateFiles } from './read-late-files.ts';
import { Squash, type SquashOptions } from './squash.ts';

export interface ReadLayersOptions extends SquashOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  readonly cache?: LayerCache | undefined;
  /** Layers that were read while the image was opened. */
  readonly passed?: PassingLayers | undefined;
  /** Called with stored bytes as they are read. */
  readonly onBytes?: (bytes: number) => void;
}

/** Layers read at once. zlib works in libuv's pool of four threads; more would only hold more memory. */
const layersAtOnce = 3;

/** What the layers of an image hold together. */
export interface ReadLayers {
  readonly files: FileFacts[];
  readonly problems: Problem[];
  readonly follow: FollowDirectory;
}

/** Reads all layers of an image, lays them over one another, and answers what the files that remain visible hold. */
export async function readLayers(image: Image, options: ReadLayersOptions): Promise<ReadLayers> {
  await using hashes = new HashPool();
  const space = new GatheringSpace();
  beginLargestFirst(await unknownLayers(image, options), hashes);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const squash = new Squash(image, options);
  const waiting = [...image.layers];
  const reading: Promise<LayerResult>[] = [];
  try {
    for (const layer of image.layers) {
      while (reading.length < layersAtOnce && waiting.length > 0) {
        const next = waiting.shift()!;
        const isLast = !waiting.some(({ diffId }) => diffId === next.diffId);
        reading.push(start(next, { ...options, signal, hashes, space, isLast }));
      }
      squash.lay(layer, await reading.shift()!);
    }
  } finally {
    stop.abort();
    await Promise.allSettled(reading);
  }
  const late = await readLateFiles(image, squash, options);
  return {
    files: [...squash.files(), ...late.files],
    problems: [...squash.problems.toArray(), ...squash.unreadableDatabases(), ...late.problems],
    follow: (path) => squash.followDirectory(path),
  };
}

async function unknownLayers({ layers }: Image, { cache, signal }: ReadLayersOptions): Promise<Layer[]> {
  if (cache === undefined) return [...layers];
  const known = await Promise.all(layers.map((layer) => cache.isKnown(layer, signal)));
  return layers.filter((_layer, place) => !known[place]);
}

type ReadOneOptions = ReadLayersOptions & {
  readonly hashes: HashPool;
  readonly space: GatheringSpace;
  /** No layer above is the same. */
  readonly isLast: boolean;
};

/** A layer that fails while a lower one is still awaited must not count as unhandled. */
function start(layer: Layer, options: ReadOneOptions): Promise<LayerResult> {
  const reading = readOne(layer, options);
  reading.catch(() => {});
  return reading;
}

async function readOne(layer: Layer, options: ReadOneOptions): Promise<LayerResult> {
  const known = await options.cache?.get(layer, options.signal);
  if (known !== undefined) return known;
  // Taken before the first byte is read: what changes meanwhile must not count as verified.
  const stamp = await layer.stamp?.();
  const result = options.passed?.release(layer, options.isLast) ?? (await readStored(layer, options));
  await options.cache?.put(layer, result, stamp);
  return result;
}

async function readStored(layer: Layer, options: ReadOneOptions): Promise<LayerResult> {
  const reader = new FactReader(options.selector, options.limits);
  const entries = await readLayer(layer, reader, options);
  return { ...entries, facts: reader.facts };
}
