import { defaultLimits, type Limits } from '../base/limits.ts';
import type { Image } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import { ProblemList } from '../base/problem-list.ts';
import { FactReader } from '../inspect/packages/fact-reader.ts';
import { FileSelector } from '../inspect/packages/file-selector.ts';
import { cataloguers } from '../inspect/packages/index.ts';
import { type FileFacts, type Inventory, joinFacts } from '../inspect/packages/join.ts';
import { linkCandidates } from '../inspect/packages/link-candidates.ts';
import { LayerCache } from './layer-cache.ts';
import type { PassingLayers } from './passing-layers.ts';

export interface InventoryOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Where results of layers are remembered; undefined neither reads nor writes any. */
  readonly cacheDirectory?: string | undefined;
  /** Layers that were read while the image was opened. */
  readonly passed?: PassingLayers | undefined;
  /** Called with stored bytes of layers as they are read. */
  readonly onBytes?: (bytes: number) => void;
  /** Called with the entries of a directory seen so far. */
  readonly onEntries?: (entries: number) => void;
}

/** Finds what is inside an image: from what is remembered of its layers, or by reading those that are new. */
export async function takeInventory(image: Image, options: InventoryOptions): Promise<Inventory> {
  if (image.rootDirectory !== undefined)
    return withImageProblems(await inventoryOfDirectory(image.rootDirectory, options), image);
  const cache = options.cacheDirectory === undefined ? undefined : layerCacheIn(options.cacheDirectory);
  const known = await cache?.getInventory(image, options.signal);
  if (known !== undefined) return withImageProblems(known, image);
  const { readLayers } = await import('./read-layers.ts');
  const selector = new FileSelector(cataloguers);
  const { files, problems, follow } = await readLayers(image, {
    ...options,
    selector,
    links: linkCandidates(cataloguers),
    cache,
  });
  const inventory = addProblems(joinFacts(files, follow), problems);
  await cache?.putInventory(image, inventory);
  return withImageProblems(inventory, image);
}

async function inventoryOfDirectory(root: string, options: InventoryOptions): Promise<Inventory> {
  const { followDirectory, readBehindLinks } = await import('../image/tree/read-behind-links.ts');
  const { readDirectory } = await import('../image/tree/read-directory.ts');
  const reader = new FactReader(new FileSelector(cataloguers), options.limits);
  const { problems } = await readDirectory(root, reader, options);
  const behind = await readBehindLinks(root, linkCandidates(cataloguers), reader, options.limits);
  const known = new Set(problems.map(({ where }) => where.path));
  const files: FileFacts[] = [...reader.facts].map(([path, found]) => ({ path, found }));
  const follow = (path: string) => followDirectory(root, path, options.limits);
  return addProblems(joinFacts(files, follow), [...problems, ...behind.filter(({ where }) => !known.has(where.path))]);
}

/** What is remembered of layers that the readers of this version have read. */
export function layerCacheIn(cacheDirectory: string): LayerCache {
  return new LayerCache(cacheDirectory, signature());
}

/** The readers and their versions: whenever one changes, what was remembered of layers is read again. */
function signature(): string {
  return cataloguers.map(({ id, version }) => `${id}@${version}`).join(' ');
}

function withImageProblems(inventory: Inventory, image: Image): Inventory {
  return addProblems(inventory, image.problems);
}

/** Of hostile layers come as many as they like: those past the bound are counted. */
function addProblems(inventory: Inventory, problems: readonly Problem[]): Inventory {
  if (problems.length + inventory.problems.length <= defaultLimits.maxProblems)
    return problems.length === 0 ? inventory : { ...inventory, problems: [...problems, ...inventory.problems] };
  const all = new ProblemList(defaultLimits.maxProblems);
  all.addAll(problems);
  all.addAll(inventory.problems);
  return { ...inventory, problems: all.toArray() };
}
