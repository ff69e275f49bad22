import { HashPool } from '../base/bytes/hash-pool.ts';
import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';
import type { Image, Layer } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import { type LayingObserver, layLayer } from '../image/tree/layer-rules.ts';
import type { Node } from '../image/tree/node-table.ts';
import { beginLargestFirst } from '../image/tree/plain-digests.ts';
import { readLayer } from '../image/tree/read-layer.ts';
import { SquashedTree } from '../image/tree/squashed-tree.ts';
import { FactReader, type Facts } from '../inspect/packages/fact-reader.ts';
import type { FileSelector } from '../inspect/packages/file-selector.ts';
import type { FileFacts } from '../inspect/packages/join.ts';
import type { LayerCache } from './layer-cache.ts';
import type { LayerResult } from './layer-result.ts';

export interface ReadLayersOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  readonly selector: FileSelector;
  /** Paths to look for behind symbolic links. */
  readonly exactPaths: readonly string[];
  readonly cache?: LayerCache | undefined;
  /** Called with stored bytes as they are read. */
  readonly onBytes?: (bytes: number) => void;
}

/** Layers read at once. zlib works in libuv's pool of four threads; more would only hold more memory. */
const layersAtOnce = 3;

/** Where a file's content is: a layer, and its path in that layer's tar. */
interface Origin {
  readonly layer: number;
  readonly rawPath: string;
}

/** Reads all layers of an image, lays them over one another, and answers what the files that remain visible hold. */
export async function readLayers(
  image: Image,
  options: ReadLayersOptions,
): Promise<{ files: FileFacts[]; problems: Problem[]; tree: SquashedTree }> {
  await using hashes = new HashPool();
  beginLargestFirst(await unknownLayers(image, options), hashes);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const squash = new Squash(image, options);
  const waiting = [...image.layers];
  const reading: Promise<LayerResult>[] = [];
  try {
    for (const layer of image.layers) {
      while (reading.length < layersAtOnce && waiting.length > 0)
        reading.push(start(waiting.shift()!, { ...options, signal, hashes }));
      squash.lay(layer, await reading.shift()!);
    }
  } finally {
    stop.abort();
    await Promise.allSettled(reading);
  }
  await squash.readLate(options.signal);
  return { files: squash.files(), problems: squash.problems, tree: squash.tree };
}

async function unknownLayers({ layers }: Image, { cache }: ReadLayersOptions): Promise<Layer[]> {
  if (cache === undefined) return [...layers];
  const known = await Promise.all(layers.map((layer) => cache.isKnown(layer)));
  return layers.filter((_layer, place) => !known[place]);
}

type ReadOneOptions = ReadLayersOptions & { readonly hashes: HashPool };

/** A layer that fails while a lower one is still awaited must not count as unhandled. */
function start(layer: Layer, options: ReadOneOptions): Promise<LayerResult> {
  const reading = readOne(layer, options);
  reading.catch(() => {});
  return reading;
}

async function readOne(layer: Layer, options: ReadOneOptions): Promise<LayerResult> {
  const known = await options.cache?.get(layer);
  if (known !== undefined) return known;
  const reader = new FactReader(options.selector, options.limits);
  const entries = await readLayer(layer, reader, options);
  const result = { ...entries, facts: reader.facts };
  await options.cache?.put(layer, result);
  return result;
}

class Squash {
  readonly tree: SquashedTree;
  readonly problems: Problem[] = [];
  readonly #image: Image;
  readonly #options: ReadLayersOptions;
  readonly #facts = new Map<Node, FileFacts['found']>();
  /** Content that is not where the node's own layer and path say: behind links of lower layers, and of hard links. */
  readonly #origins = new Map<Node, Origin>();
  readonly #late = new Map<Node, Origin>();
  #entries = 0;

  constructor(image: Image, options: ReadLayersOptions) {
    this.#image = image;
    this.#options = options;
    this.tree = new SquashedTree(options.limits.maxSymlinks);
  }

  lay(layer: Layer, { log, hasMarkers, facts, problems, count }: LayerResult): void {
    this.#entries += count;
    if (this.#entries > this.#options.limits.maxEntries) throw tooManyEntries(this.#options.limits.maxEntries);
    this.problems.push(...problems);
    this.problems.push(
      ...layLayer(
        this.tree,
        { index: layer.index, diffId: layer.diffId, log, hasMarkers },
        this.#observe(layer.index, facts),
      ),
    );
  }

  files(): FileFacts[] {
    const diffIds = new Map(this.#image.layers.map(({ index, diffId }) => [index, diffId]));
    const files: FileFacts[] = [];
    for (const [node, found] of this.#facts) {
      if (this.tree.isGone(node)) continue;
      const layer = diffIds.get(this.tree.factsOf(node).layer);
      files.push({ path: this.tree.pathOf(node), ...(layer === undefined ? {} : { layer }), found });
    }
    return files;
  }

  /** Reads again the few files whose names became interesting only when the layers were joined. */
  async readLate(signal: AbortSignal | undefined): Promise<void> {
    this.#findBehindLinks();
    const byLayer = Map.groupBy(
      [...this.#late].filter(([node]) => !this.tree.isGone(node)),
      ([, origin]) => origin.layer,
    );
    for (const [index, wanted] of byLayer) {
      const layer = this.#image.layers.find((candidate) => candidate.index === index);
      if (layer !== undefined) await this.#readAgain(layer, wanted, signal);
    }
  }

  #observe(layer: number, facts: Facts): LayingObserver {
    return {
      placed: (node, rawPath, redirected) => {
        const found = facts.get(rawPath);
        if (found !== undefined) this.#facts.set(node, found);
        if (!redirected) return;
        this.#origins.set(node, { layer, rawPath });
        if (found === undefined) this.#noteLate(node, { layer, rawPath });
      },
      linked: (node, target) => {
        const origin = this.#originOf(target);
        this.#origins.set(node, origin);
        this.#noteLate(node, origin);
      },
    };
  }

  #noteLate(node: Node, origin: Origin): void {
    if (this.#options.selector.wants(this.tree.pathOf(node)) > 0) this.#late.set(node, origin);
  }

  #originOf(node: Node): Origin {
    return this.#origins.get(node) ?? { layer: this.tree.factsOf(node).layer, rawPath: this.tree.pathOf(node) };
  }

  #findBehindLinks(): void {
    for (const path of this.#options.exactPaths) {
      const link = this.tree.find(path);
      const target =
        link !== undefined && this.tree.factsOf(link).type === 'symlink' ? this.tree.resolve(path) : undefined;
      const node = target?.type === 'file' ? this.tree.find(target.path) : undefined;
      if (link !== undefined && node !== undefined && !this.#facts.has(node))
        this.#late.set(link, this.#originOf(node));
    }
  }

  async #readAgain(
    layer: Layer,
    wanted: readonly (readonly [Node, Origin])[],
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const { selector, limits } = this.#options;
    const nodes = Map.groupBy(wanted, ([, { rawPath }]) => rawPath);
    const contents = new Map<string, Buffer>();
    const taker = {
      wants: (path: string) =>
        Math.max(0, ...(nodes.get(path) ?? []).map(([node]) => selector.wants(this.tree.pathOf(node)))),
      take: (path: string, bytes: Buffer) => void contents.set(path, Buffer.from(bytes)),
      forget: (path: string) => void contents.delete(path),
    };
    const { problems } = await readLayer(layer, taker, { limits, signal });
    this.problems.push(...problems.filter(({ code }) => code === 'too-large'));
    for (const [rawPath, bytes] of contents) {
      for (const [node] of nodes.get(rawPath)!) {
        const reader = new FactReader(selector, limits);
        await reader.take(this.tree.pathOf(node), bytes);
        for (const found of reader.facts.values()) this.#facts.set(node, found);
      }
    }
  }
}

function tooManyEntries(maxEntries: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `The image's layers have more than ${maxEntries} entries together. It was not read further.`,
  );
}
