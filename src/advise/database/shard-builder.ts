import { join } from 'node:path';
import { PlimsollError } from '../../base/errors.ts';
import type { Advisory } from '../../base/model/advisory.ts';
import { asideName } from '../../base/places.ts';
import { advisoryKey, normaliseName, packageKey, type Shard, type ShardHeader, toShardName } from './shard.ts';
import { encodeBody, encodeRow } from './shard-rows.ts';
import { Spool, type SpoolPlace } from './spool.ts';
import { type TableEntry, type WrittenTable, writeTable } from './table-writer.ts';

/** A shard in a temporary file. */
export interface BuiltShard extends WrittenTable {
  readonly name: string;
  readonly path: string;
  readonly header: ShardHeader;
}

/** Releases of one ecosystem. Ubuntu, with all its variants, has some 60. */
const maxShards = 1000;
/** What advisories say of packages, some 60 bytes of memory each. The largest real ecosystem has some hundred thousands. */
const maxEntries = 8_000_000;

interface Entry extends SpoolPlace {
  readonly key: string;
  readonly advisory: string;
}

/** Sorts advisories into the shards of one ecosystem. Values wait in a file: memory grows with their number, not their size. */
export class ShardBuilder implements Disposable {
  readonly #feed: string;
  readonly #directory: string;
  readonly #spool: Spool;
  readonly #shards = new Map<string, { ecosystem: string; release: string; entries: Entry[] }>();
  readonly #keys = new Map<string, string>();
  #entries = 0;

  /** @param directory Where temporary files go. */
  constructor(feed: string, directory: string) {
    this.#feed = feed;
    this.#directory = directory;
    this.#spool = new Spool(directory);
  }

  /** Takes each package that the advisory affects into the shard of its release. */
  add(advisory: Advisory): void {
    const { id, affected } = advisory;
    this.#entries += 2 * affected.length;
    if (this.#entries > maxEntries)
      throw new PlimsollError(
        'limit-exceeded',
        `The advisories name over ${maxEntries} packages, more than any feed does.`,
      );
    const releases = new Set<string>();
    const body = this.#spool.append(encodeBody(advisory));
    for (const item of affected) {
      const entries = this.#entriesOf(item.ecosystem, item.release);
      const key = this.#keyOf(item.ecosystem, item.name);
      const row = encodeRow(id, item, key.slice(packageKey('').length));
      entries.push({ key, advisory: id, ...this.#spool.append(row) });
      if (releases.has(item.release)) continue;
      releases.add(item.release);
      entries.push({ key: advisoryKey(id), advisory: id, ...body });
    }
  }

  /** Names of the shards that something was added to. */
  shardNames(): Set<string> {
    return new Set(this.#shards.keys());
  }

  /** Takes over what an older shard holds, apart from the advisories that have changed. */
  carryOver(shard: Shard, changed: { has(id: string): boolean }): void {
    const entries = this.#entriesOf(shard.header.ecosystem, shard.header.release);
    for (const { key, value } of shard.rawEntries()) {
      const text = Buffer.from(value).toString('utf8');
      const advisory = key.startsWith(packageKey('')) ? firstOf(text) : key.slice(advisoryKey('').length);
      if (!changed.has(advisory)) entries.push({ key, advisory, ...this.#spool.append(text) });
    }
  }

  /** Writes each shard to a temporary file; a shard that nothing is left of is not written. */
  *build(): Generator<BuiltShard> {
    for (const [name, { ecosystem, release, entries }] of this.#shards) {
      entries.sort(compareEntries);
      const header: ShardHeader = { kind: 'shard', feed: this.#feed, ecosystem, release, ...countEntries(entries) };
      if (header.advisories === 0) continue;
      const path = asideName(join(this.#directory, 'shard'));
      yield { name, path, header, ...writeTable(path, header, this.#tableEntries(entries), { uncompressed: true }) };
    }
  }

  [Symbol.dispose](): void {
    this.#spool[Symbol.dispose]();
  }

  /** The same statement twice in one advisory is kept once. */
  *#tableEntries(entries: readonly Entry[]): Generator<TableEntry> {
    let previous: Entry | undefined;
    let said = new Set<string>();
    for (const entry of entries) {
      const value = this.#spool.read(entry);
      if (previous?.key !== entry.key || previous.advisory !== entry.advisory) said = new Set();
      previous = entry;
      const text = value.toString('latin1');
      if (said.has(text)) continue;
      said.add(text);
      yield { key: entry.key, value };
    }
  }

  #entriesOf(ecosystem: string, release: string): Entry[] {
    const name = toShardName(ecosystem, release);
    let shard = this.#shards.get(name);
    if (shard === undefined) {
      if (this.#shards.size >= maxShards)
        throw new PlimsollError('limit-exceeded', `The advisories of ${ecosystem} name over ${maxShards} releases.`);
      shard = { ecosystem, release, entries: [] };
      this.#shards.set(name, shard);
    }
    return shard.entries;
  }

  /** One string for each name, however many advisories affect it. */
  #keyOf(ecosystem: string, name: string): string {
    let key = this.#keys.get(name);
    if (key === undefined) {
      key = packageKey(normaliseName(ecosystem, name));
      this.#keys.set(name, key);
    }
    return key;
  }
}

/** By key, then by advisory; what one advisory says stays in its order. */
function compareEntries(a: Entry, b: Entry): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.advisory === b.advisory ? 0 : a.advisory < b.advisory ? -1 : 1;
}

function countEntries(entries: readonly Entry[]): { advisories: number; packages: number } {
  const count = { advisories: 0, packages: 0 };
  let previous = '';
  for (const { key } of entries) {
    if (key !== previous) count[key.startsWith(packageKey('')) ? 'packages' : 'advisories']++;
    previous = key;
  }
  return count;
}

function firstOf(row: string): string {
  return String((JSON.parse(row) as unknown[])[0]);
}
