import type { Problem, ProblemCode } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import { isMarker, whiteoutPrefix } from './entry-path.ts';
import { type LoggedEntry, readLayerLog } from './layer-log.ts';
import type { Node, NodeFacts } from './node-table.ts';
import type { SquashedTree } from './squashed-tree.ts';
import { toSentence } from './to-sentence.ts';

/** What the rules tell about the files of the layer that is laid on. */
export interface LayingObserver {
  /** A file of this layer is now at `node`. `redirected`: links led it elsewhere than `rawPath`, its path in the tar. */
  placed(node: Node, rawPath: string, redirected: boolean): void;
  /** A hard link is now at `node`; its content is that of `target`. */
  linked(node: Node, target: Node): void;
}

export interface LayerToLay {
  readonly index: number;
  readonly diffId: string;
  readonly log: Buffer;
  readonly hasMarkers: boolean;
}

const opaque = '.wh..wh..opq';
/** Bookkeeping of AUFS, which engines pass over: https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
const aufs = '.wh..wh.';

/** As many as `Limits.maxProblems` keeps of the whole scan. */
const maxProblems = 1000;

/**
 * Lays one layer over the tree, bottom layer first, as the OCI image spec says: whiteouts and opaque marks hide what lower
 * layers have and never what this layer has, wherever in the tar they stand.
 * https://github.com/opencontainers/image-spec/blob/main/layer.md#applying-changesets
 */
export function layLayer(tree: SquashedTree, layer: LayerToLay, observer: LayingObserver): Problem[] {
  const problems = new ProblemList(maxProblems);
  const report = (path: string, code: ProblemCode, message: string) =>
    problems.add({
      kind: 'problem',
      where: { layer: layer.diffId, path },
      code,
      message: toSentence(message, path),
    });
  if (layer.hasMarkers) hideLower(tree, layer, report);
  const placer = new Placer(tree, layer.index, observer, report);
  let place = 0;
  for (const entry of readLayerLog(layer.log)) {
    if (!isMarker(entry.path)) placer.place(entry, place);
    place++;
  }
  return problems.toArray();
}

type Report = (path: string, code: ProblemCode, message: string) => void;

function hideLower(tree: SquashedTree, layer: LayerToLay, report: Report): void {
  // The same mark twice hides no more than once.
  const marks = new Set<string>();
  const replaced = new Set<string>();
  for (const entry of readLayerLog(layer.log)) {
    if (isMarker(entry.path)) marks.add(entry.path);
    // A directory here over a link below is a new directory: marks inside it concern nothing that the link led to.
    else if (entry.type === 'directory' && isLink(tree, entry.path)) replaced.add(entry.path);
  }
  for (const path of marks) if (!hasAncestorIn(replaced, path)) hide(tree, path, report);
}

function hide(tree: SquashedTree, path: string, report: Report): void {
  const [parent, name] = splitPath(path);
  if (name !== opaque && name.startsWith(aufs)) return;
  const directory = tree.findDirectory(parent);
  if (name === opaque) {
    if (directory !== undefined) tree.removeChildren(directory);
    return;
  }
  const hidden = name.slice(whiteoutPrefix.length);
  if (hidden === '' || hidden === '.' || hidden === '..')
    return report(path, 'malformed', 'a whiteout that names nothing');
  const node = directory === undefined ? undefined : tree.child(directory, hidden);
  if (node !== undefined) tree.remove(node);
}

class Placer {
  readonly #tree: SquashedTree;
  readonly #layer: number;
  readonly #observer: LayingObserver;
  readonly #report: Report;
  #entry = 0;
  #last: { directory: Node; parent: string; redirected: boolean } | undefined;

  constructor(tree: SquashedTree, layer: number, observer: LayingObserver, report: Report) {
    this.#tree = tree;
    this.#layer = layer;
    this.#observer = observer;
    this.#report = report;
  }

  /** @param place The entry's place in the layer. */
  place(entry: LoggedEntry, place: number): void {
    this.#entry = place;
    if (entry.path === '') return this.#tree.setFacts(0, this.#factsOf(entry, 'directory'));
    const [parent, name] = splitPath(entry.path);
    const directory = this.#tree.makeDirectory(parent, this.#layer);
    if (directory === 'cycle')
      this.#report(entry.path, 'cycle', 'links above this entry lead back to themselves; it was skipped');
    else if (directory === 'not-a-directory')
      this.#report(entry.path, 'malformed', 'this entry lies below a file; it was skipped');
    else if (entry.type === 'hardlink') this.#placeHardLink(entry, directory, name);
    else this.#placePlain(entry, entry.type, directory, name);
  }

  #placePlain(entry: LoggedEntry, type: NodeFacts['type'], directory: Node, name: string): void {
    const facts = this.#factsOf(entry, type);
    const before = this.#tree.child(directory, name);
    if (before !== undefined && type === 'directory' && this.#tree.factsOf(before).type === 'directory') {
      return this.#tree.setFacts(before, facts);
    }
    if (before !== undefined) this.#tree.remove(before);
    const node = this.#tree.add(directory, name, facts, type === 'symlink' ? entry.linkName : undefined);
    if (type === 'file') this.#observer.placed(node, entry.path, this.#isRedirected(directory, entry.path));
  }

  #placeHardLink(entry: LoggedEntry, directory: Node, name: string): void {
    const target = this.#tree.find(
      entry.linkName
        .split('/')
        .filter((part) => part !== '' && part !== '.')
        .join('/'),
    );
    if (target === undefined || this.#tree.factsOf(target).type === 'directory') {
      return this.#report(entry.path, 'incomplete', `the hard link ${entry.path} leads to nothing; it was skipped`);
    }
    const before = this.#tree.child(directory, name);
    if (before === target) return;
    if (before !== undefined) this.#tree.remove(before);
    const facts = { ...this.#tree.factsOf(target), layer: this.#layer };
    const node = this.#tree.add(directory, name, facts, this.#tree.linkOf(target));
    this.#observer.linked(node, target);
  }

  /** Asked for each file, but files of one directory follow one another. */
  #isRedirected(directory: Node, path: string): boolean {
    const [parent] = splitPath(path);
    if (this.#last?.directory !== directory || this.#last.parent !== parent) {
      this.#last = { directory, parent, redirected: this.#tree.pathOf(directory) !== parent };
    }
    return this.#last.redirected;
  }

  #factsOf(entry: LoggedEntry, type: NodeFacts['type']): NodeFacts {
    const { size, mode, uid, gid, hasCapability } = entry;
    return { type, size, mode, uid, gid, hasCapability, layer: this.#layer, entry: this.#entry };
  }
}

function isLink(tree: SquashedTree, path: string): boolean {
  const node = tree.find(path);
  return node !== undefined && tree.factsOf(node).type !== 'directory';
}

function hasAncestorIn(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.size === 0) return false;
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
    if (paths.has(path.slice(0, cut))) return true;
  return false;
}

function splitPath(path: string): [parent: string, name: string] {
  const cut = path.lastIndexOf('/');
  return cut < 0 ? ['', path] : [path.slice(0, cut), path.slice(cut + 1)];
}
