import { ecosystemOf } from '../../base/ecosystems.ts';
import { type AdvisoryBody, type AffectedRow, decodeBody, decodeRow } from './shard-rows.ts';
import { Table } from './table.ts';
import { damagedTable } from './table-format.ts';
import type { TableEntry } from './table-writer.ts';

/** What the header of a shard says. The same advisories give the same header. */
export interface ShardHeader {
  readonly kind: 'shard';
  /** The feed that it was made from: `osv`. */
  readonly feed: string;
  readonly ecosystem: string;
  /** Empty where the ecosystem has none. */
  readonly release: string;
  /** Advisories that affect a package of this ecosystem and release. */
  readonly advisories: number;
  /** Package names that they affect. */
  readonly packages: number;
}

/** The advisories of one ecosystem and release, on disk. Everything fails with `data-damaged` where the bytes are not that. */
export class Shard implements Disposable {
  readonly header: ShardHeader;
  /** `Debian:11`. */
  readonly name: string;
  readonly #table: Table;

  private constructor(table: Table) {
    const header = parseShardHeader(table.header);
    if (header === undefined) throw damagedTable(table.path, 'it does not hold advisories');
    this.header = header;
    this.name = toShardName(header.ecosystem, header.release);
    this.#table = table;
  }

  static open(path: string): Shard {
    const table = Table.open(path);
    try {
      return new Shard(table);
    } catch (error) {
      table.close();
      throw error;
    }
  }

  get feed(): string {
    return this.header.feed;
  }

  /** What affects each of the packages, by the names as they were given; a name that nothing affects is absent. */
  affecting(names: Iterable<string>): Map<string, AffectedRow[]> {
    const found = new Map<string, AffectedRow[]>();
    const ecosystem = ecosystemOf(this.header.ecosystem);
    // In the order of the table, each block is read once; names hardly ever change their order by being normalised.
    for (const name of [...names].sort()) {
      const key = ecosystem?.normaliseName(name) ?? name;
      const rows = this.#table.get(packageKey(key)).map((value) => this.#decodeRow(key, value));
      if (rows.length > 0) found.set(name, rows);
    }
    return found;
  }

  advisory(id: string): AdvisoryBody | undefined {
    const [value] = this.#table.get(advisoryKey(id));
    return value === undefined ? undefined : this.#decodeBody(id, value);
  }

  /** The bodies of advisories that are most likely here, such as those that rows name; one that is not is absent. */
  advisories(ids: Iterable<string>): Map<string, AdvisoryBody> {
    const found = new Map<string, AdvisoryBody>();
    for (const id of [...ids].sort()) {
      const value = this.#table.get(advisoryKey(id), true)[0];
      if (value !== undefined) found.set(id, this.#decodeBody(id, value));
    }
    return found;
  }

  /** The ids of all advisories, sorted. */
  *advisoryIds(): Generator<string> {
    for (const { key } of this.#table.entries()) {
      if (key.startsWith(packagePrefix)) return;
      yield key.slice(advisoryPrefix.length);
    }
  }

  /** Everything, sorted: advisories by id, then what affects each package by its normalised name. */
  *contents(): Generator<
    { readonly kind: 'advisory'; readonly body: AdvisoryBody } | ({ readonly kind: 'row' } & AffectedRow)
  > {
    for (const { key, value } of this.#table.entries()) {
      if (key.startsWith(packagePrefix))
        yield { kind: 'row', ...this.#decodeRow(key.slice(packagePrefix.length), value) };
      else yield { kind: 'advisory', body: this.#decodeBody(key.slice(advisoryPrefix.length), value) };
    }
  }

  /** The entries as they are stored. */
  rawEntries(): Iterable<TableEntry> {
    return this.#table.entries();
  }

  close(): void {
    this.#table.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #decodeRow(key: string, value: Uint8Array): AffectedRow {
    const row = decodeRow(this.#parse(value), { ...this.header, key });
    if (row === undefined) throw damagedTable(this.#table.path, `what affects ${key} is not readable`);
    return row;
  }

  #decodeBody(id: string, value: Uint8Array): AdvisoryBody {
    const body = decodeBody(id, this.#parse(value));
    if (body === undefined) throw damagedTable(this.#table.path, `advisory ${id} is not readable`);
    return body;
  }

  #parse(value: Uint8Array): unknown {
    try {
      return JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8'));
    } catch (cause) {
      throw damagedTable(this.#table.path, 'a value is not JSON', cause);
    }
  }
}

const advisoryPrefix = 'a:';
const packagePrefix = 'p:';

/** The key of an advisory's body. */
export function advisoryKey(id: string): string {
  return advisoryPrefix + id;
}

/** The key of what affects a package, by its normalised name. */
export function packageKey(name: string): string {
  return packagePrefix + name;
}

/** The form in which an ecosystem compares names; unchanged for ecosystems that are not known. */
export function normaliseName(ecosystem: string, name: string): string {
  return ecosystemOf(ecosystem)?.normaliseName(name) ?? name;
}

/** `Debian:11`; `npm` where there is no release. */
export function toShardName(ecosystem: string, release: string): string {
  return release === '' ? ecosystem : `${ecosystem}:${release}`;
}

function parseShardHeader(value: unknown): ShardHeader | undefined {
  if (typeof value !== 'object' || value === null) return;
  const { kind, feed, ecosystem, release, advisories, packages } = value as Record<string, unknown>;
  if (kind !== 'shard' || typeof feed !== 'string') return;
  if (typeof ecosystem !== 'string' || typeof release !== 'string') return;
  if (typeof advisories !== 'number' || typeof packages !== 'number') return;
  return { kind, feed, ecosystem, release, advisories, packages };
}
