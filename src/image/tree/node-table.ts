import type { FileType } from '../../base/model/file-tree.ts';
import { NameArena } from './name-arena.ts';

/** A place in the table; 0 is the root. Numbers are never used again, so a removed node stays removed. */
export type Node = number;

/** What a node is, its name and place apart. */
export interface NodeFacts {
  readonly type: FileType;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly layer: number;
  /** Place of its entry among those of its layer, 0-based; -1 for a directory that no entry made. */
  readonly entry: number;
  readonly hasCapability: boolean;
}

const types: readonly FileType[] = ['file', 'directory', 'symlink', 'character', 'block', 'fifo'];
const removedFlag = 0x40;
const capabilityFlag = 0x80;
const typeMask = 0x0f;

/**
 * The names of a file system in columns, some 60 bytes each whatever the length of their paths: a million files fit the memory
 * budget. Children are found by a hash over parent and name.
 */
export class NodeTable {
  readonly names = new NameArena();
  #count = 0;
  #parent = new Int32Array(1024);
  #name = new Uint32Array(1024);
  #firstChild = new Int32Array(1024);
  #nextSibling = new Int32Array(1024);
  #flags = new Uint8Array(1024);
  #mode = new Uint16Array(1024);
  #layer = new Int16Array(1024);
  #entry = new Int32Array(1024);
  #uid = new Uint32Array(1024);
  #gid = new Uint32Array(1024);
  #size = new Float64Array(1024);
  #slots = new Int32Array(4096).fill(-1);
  #last = { parent: -1, name: '', slot: 0 };

  constructor() {
    this.names.take('');
    this.#append(-1, {
      type: 'directory',
      size: 0,
      mode: 0o755,
      uid: 0,
      gid: 0,
      layer: -1,
      entry: -1,
      hasCapability: false,
    });
  }

  /** Nodes ever made, removed ones included. */
  get count(): number {
    return this.#count;
  }

  child(parent: Node, name: string): Node | undefined {
    const node = this.#slots[this.#slotFor(parent, name)]!;
    return node < 0 || this.isRemoved(node) ? undefined : node;
  }

  /** Makes a child; one of the same name must have been removed before. */
  add(parent: Node, name: string, facts: NodeFacts): Node {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#rehash();
    const slot = this.#slotFor(parent, name);
    const node = this.#append(parent, facts);
    this.#slots[slot] = node;
    this.#nextSibling[node] = this.#firstChild[parent]!;
    this.#firstChild[parent] = node;
    return node;
  }

  /** Removes a node, and so everything below it. */
  remove(node: Node): void {
    this.#flags[node]! |= removedFlag;
  }

  /** Removes all children at once, so that nobody walks over them again. */
  removeChildren(parent: Node): void {
    for (const child of this.children(parent)) this.remove(child);
    this.#firstChild[parent] = -1;
  }

  isRemoved(node: Node): boolean {
    return (this.#flags[node]! & removedFlag) !== 0;
  }

  /** Whether it or a directory above it was removed. */
  isGone(node: Node): boolean {
    for (let at = node; at > 0; at = this.#parent[at]!) if (this.isRemoved(at)) return true;
    return false;
  }

  *children(parent: Node): Generator<Node> {
    for (let node = this.#firstChild[parent]!; node > 0; node = this.#nextSibling[node]!)
      if (!this.isRemoved(node)) yield node;
  }

  typeOf(node: Node): FileType {
    return types[this.#flags[node]! & typeMask]!;
  }

  parentOf(node: Node): Node {
    return this.#parent[node]!;
  }

  layerOf(node: Node): number {
    return this.#layer[node]!;
  }

  nameOf(node: Node): string {
    return this.names.text(this.#name[node]!);
  }

  pathOf(node: Node): string {
    const parts: string[] = [];
    for (let at = node; at > 0; at = this.#parent[at]!) parts.push(this.nameOf(at));
    return parts.reverse().join('/');
  }

  factsOf(node: Node): NodeFacts {
    return {
      type: this.typeOf(node),
      size: this.#size[node]!,
      mode: this.#mode[node]!,
      uid: this.#uid[node]!,
      gid: this.#gid[node]!,
      layer: this.#layer[node]!,
      entry: this.#entry[node]!,
      hasCapability: (this.#flags[node]! & capabilityFlag) !== 0,
    };
  }

  setFacts(node: Node, facts: NodeFacts): void {
    this.#flags[node] = types.indexOf(facts.type) | (facts.hasCapability ? capabilityFlag : 0);
    this.#size[node] = facts.size;
    this.#mode[node] = facts.mode;
    this.#uid[node] = facts.uid;
    this.#gid[node] = facts.gid;
    this.#layer[node] = facts.layer;
    this.#entry[node] = facts.entry;
  }

  #append(parent: Node, facts: NodeFacts): Node {
    if (this.#count === this.#parent.length) this.#grow();
    const node = this.#count++;
    this.#parent[node] = parent;
    this.#name[node] = this.names.store();
    this.#firstChild[node] = -1;
    this.#nextSibling[node] = -1;
    this.setFacts(node, facts);
    return node;
  }

  /** A child is looked for before it is made, so the same slot is mostly asked for twice in turn. */
  #slotFor(parent: Node, name: string): number {
    const { parent: lastParent, name: lastName, slot } = this.#last;
    if (parent === lastParent && name === lastName) return slot;
    this.names.take(name);
    this.#last = { parent, name, slot: this.#slotOf(parent) };
    return this.#last.slot;
  }

  /** The slot of the name that was taken: its node's, or a free one. */
  #slotOf(parent: Node): number {
    const mask = this.#slots.length - 1;
    for (let slot = this.names.hash(parent) & mask; ; slot = (slot + 1) & mask) {
      const node = this.#slots[slot]!;
      if (node < 0 || (this.#parent[node] === parent && this.names.matches(this.#name[node]!))) return slot;
    }
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1);
    this.#last = { parent: -1, name: '', slot: 0 };
    for (let node = 1; node < this.#count; node++) {
      this.names.take(this.nameOf(node));
      // A later node of the same name replaces the removed one before it.
      this.#slots[this.#slotOf(this.#parent[node]!)] = node;
    }
  }

  #grow(): void {
    const capacity = this.#parent.length * 2;
    const grown = <T extends { set(from: T): void }>(column: T, made: T): T => {
      made.set(column);
      return made;
    };
    this.#parent = grown(this.#parent, new Int32Array(capacity));
    this.#name = grown(this.#name, new Uint32Array(capacity));
    this.#firstChild = grown(this.#firstChild, new Int32Array(capacity));
    this.#nextSibling = grown(this.#nextSibling, new Int32Array(capacity));
    this.#flags = grown(this.#flags, new Uint8Array(capacity));
    this.#mode = grown(this.#mode, new Uint16Array(capacity));
    this.#layer = grown(this.#layer, new Int16Array(capacity));
    this.#entry = grown(this.#entry, new Int32Array(capacity));
    this.#uid = grown(this.#uid, new Uint32Array(capacity));
    this.#gid = grown(this.#gid, new Uint32Array(capacity));
    this.#size = grown(this.#size, new Float64Array(capacity));
  }
}
