import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';
import type { Image, Layer } from '../base/model/image.ts';
import type { Problem } from '../base/model/problem.ts';
import { ProblemList } from '../base/problem-list.ts';
import { type LayingObserver, layLayer } from '../image/tree/layer-rules.ts';
import type { Node } from '../image/tree/node-table.ts';
import { notAFile } from '../image/tree/not-a-file.ts';
import { SquashedTree } from '../image/tree/squashed-tree.ts';
import { type Facts, tooManyPackages } from '../inspect/packages/fact-reader.ts';
import type { FileSelector } from '../inspect/packages/file-selector.ts';
import { weightOfFile } from '../inspect/packages/found-weight.ts';
import type { FileFacts } from '../inspect/packages/join.ts';
import type { LinkCandidates } from '../inspect/packages/link-candidates.ts';
import type { LayerResult } from './layer-result.ts';

/** Where a file's content is: one entry of one layer. Its path is not enough, since a tar may have the same path again. */
export interface Origin {
  readonly layer: number;
  readonly entry: number;
}

/** A file that became interesting only when the layers were joined: read `origin` as if it lay at `path`. */
export interface LateFile {
  readonly path: string;
  readonly origin: Origin;
}

export interface SquashOptions {
  readonly limits: Limits;
  readonly selector: FileSelector;
  readonly links: LinkCandidates;
}

/** Lays layers over one another and keeps what was found in the files that are still visible. */
export class Squash {
  readonly problems: ProblemList;
  readonly #tree: SquashedTree;
  readonly #image: Image;
  readonly #options: SquashOptions;
  readonly #facts = new Map<Node, FileFacts['found']>();
  /** Content of hard links, which is of another entry than their own. */
  readonly #origins = new Map<Node, Origin>();
  readonly #late = new Map<Node, Origin>();
  #entries = 0;
  #packages = 0;

  constructor(image: Image, options: SquashOptions) {
    this.#image = image;
    this.#options = options;
    this.problems = new ProblemList(options.limits.maxProblems);
    this.#tree = new SquashedTree(options.limits);
  }

  lay({ index, diffId }: Layer, { log, hasMarkers, facts, problems, count }: LayerResult): void {
    this.#entries += count;
    if (this.#entries > this.#options.limits.maxEntries) throw tooManyEntries(this.#options.limits.maxEntries);
    this.#countPackages(facts);
    this.problems.addAll(problems);
    this.problems.addAll(layLayer(this.#tree, { index, diffId, log, hasMarkers }, this.#observe(facts)));
  }

  /** What is visible, and what was found in it. */
  files(): FileFacts[] {
    return [...this.#facts].flatMap(([node, found]) => {
      if (this.#tree.isGone(node)) return [];
      return [{ path: this.#tree.pathOf(node), ...this.layerOf(this.#tree.factsOf(node).layer), found }];
    });
  }

  /** The directory that a path leads to, links followed; the path itself where there is none. */
  followDirectory(path: string): string {
    const directory = this.#tree.findDirectory(path);
    return directory === undefined ? path : this.#tree.pathOf(directory);
  }

  /** The files whose content has to be read again. */
  lateFiles(): LateFile[] {
    const linked = [...this.#late].filter(([node]) => !this.#tree.isGone(node));
    return [...linked.map(([node, origin]) => ({ path: this.#tree.pathOf(node), origin })), ...this.#behindLinks()];
  }

  /** Databases that are there and cannot be read, since they are no files and lead to none. */
  unreadableDatabases(): Problem[] {
    // A directory and a link to it give one database two paths.
    const nodes = new Set(this.#options.links.databases.map((path) => this.#tree.find(path)));
    return [...nodes].flatMap((node) => {
      if (node === undefined) return [];
      const path = this.#tree.pathOf(node);
      const { type, layer } = this.#tree.factsOf(node);
      if (type === 'file' || this.#tree.resolve(path)?.type === 'file') return [];
      return [notAFile({ ...this.layerOf(layer), path }, type === 'symlink')];
    });
  }

  layerOf(index: number): { layer?: string } {
    const layer = this.#image.layers.find((candidate) => candidate.index === index);
    return layer === undefined ? {} : { layer: layer.diffId };
  }

  #countPackages(facts: Facts): void {
    for (const [path, found] of facts) this.#packages += weightOfFile(path, found);
    if (this.#packages > this.#options.limits.maxPackages) throw tooManyPackages(this.#options.limits);
  }

  #observe(facts: Facts): LayingObserver {
    return {
      placed: (node, rawPath, redirected) => {
        const found = facts.get(rawPath);
        if (found !== undefined) this.#facts.set(node, found);
        else if (redirected) this.#noteLate(node);
      },
      linked: (node, target) => {
        this.#origins.set(node, this.#originOf(target));
        const found = this.#facts.get(target);
        if (found !== undefined && this.#readsOnce(node, target)) this.#facts.set(node, found);
        else this.#noteLate(node);
      },
    };
  }

  #readsOnce(node: Node, target: Node): boolean {
    return this.#options.selector.readsOnce(this.#tree.pathOf(node), this.#tree.pathOf(target));
  }

  #noteLate(node: Node): void {
    if (this.#options.selector.wantsName(this.#tree.pathOf(node))) this.#late.set(node, this.#originOf(node));
  }

  #originOf(node: Node): Origin {
    const known = this.#origins.get(node);
    if (known !== undefined) return known;
    const { layer, entry } = this.#tree.factsOf(node);
    return { layer, entry };
  }

  /** Files at paths that cataloguers name, where the path or a directory of it is a link. */
  #behindLinks(): LateFile[] {
    const { paths, folders } = this.#options.links;
    return [...paths, ...folders.flatMap((folder) => this.#namesBehind(folder))].flatMap((path) => {
      const target = this.#tree.resolve(path);
      if (target === undefined || target.type !== 'file' || target.path === path) return [];
      const node = this.#tree.find(target.path);
      if (node === undefined) return [];
      const isRead = this.#facts.has(node) && this.#options.selector.readsAlike(path, target.path);
      return isRead ? [] : [{ path, origin: this.#originOf(node) }];
    });
  }

  #namesBehind(folder: string): string[] {
    const directory = this.#tree.findDirectory(folder);
    if (directory === undefined || this.#tree.pathOf(directory) === folder) return [];
    const names = [...this.#tree.childrenOf(directory)].map((node) => this.#tree.nameOf(node));
    return names.map((name) => `${folder}/${name}`).filter((path) => this.#options.selector.wantsName(path));
  }
}

function tooManyEntries(maxEntries: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `The image's layers have more than ${maxEntries} entries together. It was not read further.`,
  );
}
