import { PlimsollError } from '../../base/errors.ts';
import { MarkTable, type SupportEnd } from './mark-table.ts';
import { type ExploitPrediction, PredictionTable } from './prediction-table.ts';
import { Shard } from './shard.ts';
import type { ShardReference, Snapshot } from './snapshot.ts';
import { type DamagedSnapshot, Store } from './store.ts';

/** A current shard, and where its data is from. */
export interface ShardInfo extends ShardReference {
  readonly feed: string;
  readonly source: string;
  /** RFC 3339: the newest change in the feed's data. */
  readonly asOf: string;
  /** RFC 3339: when the source last said that this is its data. */
  readonly fetched: string;
}

/** CISA's word on a vulnerability that is known to be exploited; dates as `YYYY-MM-DD`. */
export interface KnownExploited {
  readonly dateAdded: string;
  readonly dueDate?: string;
  readonly ransomware: boolean;
}

/** The advisory data on this machine, as one process sees it. */
export interface Database extends Disposable {
  /** Every current shard, sorted by feed and name. */
  shards(): readonly ShardInfo[];
  /** Snapshots whose files cannot be read: what they would name is missing from `shards`. */
  readonly damaged: readonly DamagedSnapshot[];
  /** A shard by its name, such as `Debian:11`; undefined where there is none. It is closed with the database. */
  open(name: string): Shard | undefined;
  /** Those of the CVE ids that are known to be exploited. */
  kev(ids: Iterable<string>): Map<string, KnownExploited>;
  /** The predictions for those of the CVE ids that have one. */
  epss(ids: Iterable<string>): Map<string, ExploitPrediction>;
  /** When the support of a release ends, by its key, see `supportKeyOf`: `debian 11`. Undefined where nothing is known of it. */
  supportEnd(key: string): SupportEnd | undefined;
  close(): void;
}

/**
 * Opens the database. What another process publishes later is not seen, unless it takes away a table before this one has
 * opened it.
 * @param options.home The data directory; `dataDirectory()` if absent.
 */
export function openDatabase(options: { readonly home?: string } = {}): Database {
  return new OpenDatabase(new Store(options.home));
}

/** How often the snapshots are read again when a table of theirs has gone meanwhile. */
const maxTries = 3;

class OpenDatabase implements Database {
  readonly #store: Store;
  readonly #shardTables = new Map<string, Shard>();
  readonly #markTables = new Map<string, MarkTable>();
  readonly #predictionTables = new Map<string, PredictionTable>();
  #shards: readonly ShardInfo[] = [];
  #damaged: readonly DamagedSnapshot[] = [];

  constructor(store: Store) {
    this.#store = store;
    this.#readSnapshots();
  }

  get damaged(): readonly DamagedSnapshot[] {
    return this.#damaged;
  }

  shards(): readonly ShardInfo[] {
    return this.#shards;
  }

  open(name: string): Shard | undefined {
    return this.#openTable(name, this.#shardTables, (path) => Shard.open(path));
  }

  kev(ids: Iterable<string>): Map<string, KnownExploited> {
    const table = this.#openTable('kev', this.#markTables, (path) => MarkTable.open(path));
    return table?.knownExploited(ids) ?? new Map();
  }

  epss(ids: Iterable<string>): Map<string, ExploitPrediction> {
    const table = this.#openTable('epss', this.#predictionTables, (path) => PredictionTable.open(path));
    return table?.get(ids) ?? new Map();
  }

  supportEnd(key: string): SupportEnd | undefined {
    return this.#openTable('eol', this.#markTables, (path) => MarkTable.open(path))?.supportEnd(key);
  }

  close(): void {
    for (const tables of [this.#shardTables, this.#markTables, this.#predictionTables]) {
      for (const table of tables.values()) table.close();
      tables.clear();
    }
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #openTable<T>(name: string, opened: Map<string, T>, openAt: (path: string) => T): T | undefined {
    const known = opened.get(name);
    if (known !== undefined) return known;
    for (let tries = 1; ; tries++) {
      const shard = this.#shards.find((info) => info.name === name);
      if (shard === undefined) return;
      try {
        const table = openAt(this.#store.tablePath(shard.digest));
        opened.set(name, table);
        return table;
      } catch (error) {
        if (!isAbsent(error)) throw error;
        if (tries === maxTries) throw toMissing(name, error);
        this.#readSnapshots();
      }
    }
  }

  #readSnapshots(): void {
    const { snapshots, damaged } = this.#store.readSnapshots();
    this.#shards = snapshots.flatMap(toShardInfos);
    this.#damaged = damaged;
  }
}

function toShardInfos({ feed, source, asOf, fetched, shards }: Snapshot): ShardInfo[] {
  return shards.map((shard) => ({ ...shard, feed, source, asOf, fetched }));
}

function isAbsent(error: unknown): boolean {
  const cause = error instanceof PlimsollError ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code === 'ENOENT';
}

function toMissing(name: string, cause: unknown): PlimsollError {
  return new PlimsollError(
    'data-damaged',
    `The advisory data for ${name} is listed but its file is gone. Fetch it again: plimsoll db update`,
    { cause },
  );
}
