import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { FileEntry, FileTree } from '../../base/model/file-tree.ts';
import { type Node, type NodeFacts, NodeTable } from './node-table.ts';

const root: Node = 0;

/** `Limits`, as far as a tree has any. */
export type TreeLimits = Pick<Limits, 'maxSymlinks' | 'maxPathSteps' | 'maxEntries' | 'maxNameBytes'>;

/** What following a path came to. */
type Walk =
  | { readonly node: Node }
  | { readonly missingIn: Node; readonly rest: readonly string[] }
  | 'cycle'
  | 'not-a-directory';

/** The file system of layers laid over one another. `layer-rules.ts` fills it; everybody else reads it. */
export class SquashedTree implements FileTree {
  readonly #table = new NodeTable();
  readonly #links = new Map<Node, string>();
  readonly #limits: TreeLimits;
  #alive = 0;
  #steps = 0;
  /** Directories are walked to over and over: a tar lists one directory's files after another. */
  #lastDirectory: { path: string; node: Node } | undefined;

  constructor(limits: TreeLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#alive;
  }

  get(path: string): FileEntry | undefined {
    const node = this.find(path);
    return node === undefined ? undefined : this.#toEntry(node, this.#table.pathOf(node));
  }

  resolve(path: string): FileEntry | undefined {
    const walk = this.#walk(root, path.split('/'), true);
    return typeof walk === 'object' && 'node' in walk
      ? this.#toEntry(walk.node, this.#table.pathOf(walk.node))
      : undefined;
  }

  *entries(below = ''): Generator<FileEntry> {
    const start = this.find(below);
    if (start === undefined) return;
    const waiting: { node: Node; path: string }[] = [{ node: start, path: this.#table.pathOf(start) }];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (next.node !== start) yield this.#toEntry(next.node, next.path);
      const prefix = next.path === '' ? '' : `${next.path}/`;
      for (const child of this.#table.children(next.node))
        waiting.push({ node: child, path: prefix + this.#table.nameOf(child) });
    }
  }

  /** The node at a path; links on the way are followed, one at its end is not. */
  find(path: string): Node | undefined {
    const cut = path.lastIndexOf('/');
    const directory = this.findDirectory(cut < 0 ? '' : path.slice(0, cut));
    if (directory === undefined) return undefined;
    return path === '' ? root : this.#table.child(directory, path.slice(cut + 1));
  }

  /** The directory that a path leads to, links followed. */
  findDirectory(path: string): Node | undefined {
    if (path === '') return root;
    if (this.#lastDirectory?.path === path) return this.#lastDirectory.node;
    const walk = this.#walk(root, path.split('/'), true);
    if (typeof walk === 'string' || !('node' in walk) || this.#table.typeOf(walk.node) !== 'directory')
      return undefined;
    this.#lastDirectory = { path, node: walk.node };
    return walk.node;
  }

  /** The directory at a path, made with what is missing above it. A text says why that cannot be. */
  makeDirectory(path: string, layer: number): Node | 'cycle' | 'not-a-directory' {
    const known = this.findDirectory(path);
    if (known !== undefined) return known;
    const walk = this.#walk(root, path.split('/'), true);
    if (typeof walk === 'string') return walk;
    if ('node' in walk) return 'not-a-directory';
    let directory = walk.missingIn;
    for (const name of walk.rest) directory = this.add(directory, name, impliedDirectory(layer));
    return directory;
  }

  child(directory: Node, name: string): Node | undefined {
    return this.#table.child(directory, name);
  }

  childrenOf(directory: Node): Iterable<Node> {
    return this.#table.children(directory);
  }

  factsOf(node: Node): NodeFacts {
    return this.#table.factsOf(node);
  }

  setFacts(node: Node, facts: NodeFacts): void {
    this.#table.setFacts(node, facts);
  }

  pathOf(node: Node): string {
    return this.#table.pathOf(node);
  }

  nameOf(node: Node): string {
    return this.#table.nameOf(node);
  }

  isGone(node: Node): boolean {
    return this.#table.isGone(node);
  }

  linkOf(node: Node): string | undefined {
    return this.#links.get(node);
  }

  add(directory: Node, name: string, facts: NodeFacts, linkTarget?: string): Node {
    const { maxEntries, maxNameBytes } = this.#limits;
    if (this.#table.count > maxEntries) throw tooMany(`${maxEntries} files and directories`);
    if (this.#table.names.bytes > maxNameBytes) throw tooMany(`${maxNameBytes} bytes of names`);
    const node = this.#table.add(directory, name, facts);
    if (linkTarget !== undefined) this.#links.set(node, linkTarget);
    this.#alive++;
    return node;
  }

  /** Removes a node with everything below it. */
  remove(node: Node): void {
    this.#lastDirectory = undefined;
    this.#alive -= 1 + this.#countBelow(node);
    this.#table.remove(node);
  }

  /** Empties a directory. */
  removeChildren(directory: Node): void {
    this.#lastDirectory = undefined;
    this.#alive -= this.#countBelow(directory);
    this.#table.removeChildren(directory);
  }

  #countBelow(node: Node): number {
    let count = 0;
    const waiting = [node];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      for (const child of this.#table.children(next)) {
        count++;
        waiting.push(child);
      }
    }
    return count;
  }

  #walk(from: Node, names: readonly string[], followLast: boolean): Walk {
    let node = from;
    let rest = [...names].reverse();
    let links = 0;
    while (rest.length > 0) {
      if (++this.#steps > this.#limits.maxPathSteps) throw tooManySteps();
      const name = rest.pop()!;
      if (name === '' || name === '.') continue;
      if (name === '..') {
        node = node === root ? root : this.#table.parentOf(node);
        continue;
      }
      if (this.#table.typeOf(node) !== 'directory') return 'not-a-directory';
      const child = this.#table.child(node, name);
      if (child === undefined)
        return { missingIn: node, rest: [name, ...rest.reverse()].filter((part) => part !== '' && part !== '.') };
      const target =
        this.#table.typeOf(child) === 'symlink' && (followLast || rest.length > 0) ? this.#links.get(child) : undefined;
      if (target === undefined) node = child;
      else {
        if (++links > this.#limits.maxSymlinks) return 'cycle';
        if (target.startsWith('/')) node = root;
        rest = [...rest, ...target.split('/').reverse()];
      }
    }
    return { node };
  }

  #toEntry(node: Node, path: string): FileEntry {
    const { hasCapability, entry: _entry, ...facts } = this.#table.factsOf(node);
    const linkTarget = this.#links.get(node);
    return {
      path,
      ...facts,
      ...(linkTarget === undefined ? {} : { linkTarget }),
      ...(hasCapability ? { hasCapability } : {}),
    };
  }
}

function tooMany(what: string): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `The image's layers have more than ${what} together. It was not read further.`,
  );
}

function tooManySteps(): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    "The image's paths lead through links so often that following them would take hours. It was not read further.",
  );
}

function impliedDirectory(layer: number): NodeFacts {
  return { type: 'directory', size: 0, mode: 0o755, uid: 0, gid: 0, layer, entry: -1, hasCapability: false };
}
