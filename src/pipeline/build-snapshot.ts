import { setImmediate as nextTurn } from 'node:timers/promises';
import { Ledger, writeLedger } from '../advise/database/ledger.ts';
import { countLedger, type LedgerCounts, type LedgerEntry } from '../advise/database/ledger-entry.ts';
import { encodeFields, writeMarks } from '../advise/database/mark-table.ts';
import { PredictionBuilder } from '../advise/database/prediction-table.ts';
import { Shard } from '../advise/database/shard.ts';
import { ShardBuilder } from '../advise/database/shard-builder.ts';
import type { ShardReference, Snapshot, TableReference } from '../advise/database/snapshot.ts';
import type { Store } from '../advise/database/store.ts';
import type { Delivery, Feed, FeedItem } from '../advise/feeds/feed.ts';
import { PlimsollError } from '../base/errors.ts';
import type { ProgressSink } from '../base/progress.ts';

/** What to build from. */
export interface BuildRequest {
  readonly feed: Feed;
  readonly name: string;
  readonly delivery: Delivery;
  /** The snapshot that the delivery changes, or replaces. */
  readonly last: Snapshot | undefined;
  readonly store: Store;
  readonly signal?: AbortSignal | undefined;
  readonly progress: ProgressSink;
  readonly now: Date;
}

/** Builds the tables of a delivery and puts them in place. The snapshot is not yet the current one. */
export async function buildSnapshot(request: BuildRequest): Promise<Snapshot> {
  const { feed, name, delivery, now } = request;
  const built = feed.gives === 'advisories' ? await buildShards(request) : await buildMarks(request);
  if (built.counts.records === 0)
    throw new PlimsollError('bad-answer', `${delivery.source} holds no records. What was here stays.`);
  return {
    feed: feed.id,
    name,
    source: delivery.source,
    fetched: now.toISOString(),
    asOf: built.asOf,
    fingerprint: delivery.fingerprint,
    counts: built.counts,
    shards: built.shards.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    ...(built.ledger ? { ledger: built.ledger } : {}),
  };
}

/** Vulnerabilities with an id: some 350,000 in 2026. */
const maxMarks = 3_000_000;

interface Built {
  readonly shards: readonly ShardReference[];
  readonly counts: LedgerCounts;
  readonly ledger?: TableReference;
  readonly asOf: string;
}

async function buildShards(request: BuildRequest): Promise<Built> {
  const { feed, delivery, last, store } = request;
  const entries: LedgerEntry[] = [];
  const seen = new Set<string>();
  const clock = new NewestChange(request.now);
  using builder = new ShardBuilder(feed.id, await store.prepare());
  for await (const item of withProgress(request)) {
    const record = recordOf(item);
    if (seen.has(record)) entries.push({ record, outcome: 'duplicate id', used: 0, leftOut: {} });
    else {
      seen.add(record);
      if (item.kind === 'advisory') builder.add(item.advisory);
      const entry = toLedgerEntry(item);
      entries.push(entry);
      clock.see(entry.modified);
    }
  }
  const kept: ShardReference[] = [];
  if (delivery.vanished !== undefined && last !== undefined) {
    const changed = seen.union(new Set(delivery.vanished));
    entries.push(...keptEntries(last, changed, store));
    kept.push(...carryOverShards(last, changed, builder, store));
    clock.see(last.asOf);
  }
  const shards = [...kept, ...(await writeShards(builder, request))];
  const ledger = await adoptTable(store, 'ledger', (path) => writeLedger(path, entries));
  return { shards, counts: countLedger(entries), ledger, asOf: clock.newest() };
}

async function* withProgress({ name, delivery, signal, progress }: BuildRequest): AsyncGenerator<FeedItem> {
  const { total } = delivery;
  let done = 0;
  for await (const item of delivery.items) {
    signal?.throwIfAborted();
    yield item;
    // Lets signals, timers and the progress line have their turn.
    if (++done % 256 !== 0) continue;
    progress.report({ task: `Reading records for ${name}`, done, unit: 'items', ...(total ? { total } : {}) });
    await nextTurn();
  }
}

function recordOf(item: FeedItem): string {
  if (item.kind === 'advisory') return item.advisory.id;
  if (item.kind === 'mark') return item.mark.id;
  return item.kind === 'prediction' ? item.id : item.record;
}

function toLedgerEntry(item: FeedItem): LedgerEntry {
  if (item.kind === 'mark' || item.kind === 'prediction')
    return { record: recordOf(item), outcome: 'used', used: 0, leftOut: {} };
  if (item.kind === 'left') {
    const { record, outcome, modified, leftOut } = item;
    return { record, outcome, used: 0, leftOut, ...(modified ? { modified } : {}) };
  }
  const { id, modified, affected } = item.advisory;
  return { record: id, outcome: 'used', modified, used: affected.length, leftOut: item.leftOut };
}

function keptEntries({ ledger }: Snapshot, changed: ReadonlySet<string>, store: Store): LedgerEntry[] {
  if (ledger === undefined) return [];
  using opened = Ledger.open(store.tablePath(ledger.digest));
  return [...opened.entries()].filter(({ record }) => !changed.has(record));
}

/** Rebuilds the shards that a changed advisory was or is in; answers those that stay as they are. */
function carryOverShards(
  last: Snapshot,
  changed: ReadonlySet<string>,
  builder: ShardBuilder,
  store: Store,
): ShardReference[] {
  const added = builder.shardNames();
  const kept: ShardReference[] = [];
  for (const reference of last.shards) {
    using shard = Shard.open(store.tablePath(reference.digest));
    const isTouched = added.has(reference.name) || changed.values().some((id) => shard.advisory(id) !== undefined);
    if (isTouched) builder.carryOver(shard, changed);
    else kept.push(reference);
  }
  return kept;
}

async function writeShards(builder: ShardBuilder, { store, signal }: BuildRequest): Promise<ShardReference[]> {
  const references: ShardReference[] = [];
  for (const { name, path, header, digest, bytes } of builder.build()) {
    await store.adopt(path, digest);
    references.push({ name, digest, bytes, advisories: header.advisories, packages: header.packages });
    await nextTurn();
    signal?.throwIfAborted();
  }
  return references;
}

async function buildMarks(request: BuildRequest): Promise<Built> {
  const { feed, delivery, store, now } = request;
  const marks = new Map<string, string>();
  const predictions = new PredictionBuilder();
  const left: LedgerEntry[] = [];
  for await (const item of withProgress(request)) {
    const outcome = item.kind === 'prediction' ? predictions.add(item.id, item) : addMark(marks, item);
    if (outcome !== undefined) left.push({ ...toLedgerEntry(item), outcome });
    if (marks.size + predictions.count + left.length > maxMarks)
      throw new PlimsollError(
        'limit-exceeded',
        `${delivery.source} has over ${maxMarks} records, more than it should.`,
      );
  }
  const used = marks.size + predictions.count;
  if (marks.size > 0 && predictions.count > 0) throw new RangeError(`${feed.id} gives marks and predictions`);
  const write = (path: string) =>
    predictions.count > 0 ? predictions.write(path, feed.id) : writeMarks(path, feed.id, marks);
  const table = await adoptTable(store, feed.id, write);
  const shards = [{ name: feed.id, ...table, advisories: used, packages: 0 }];
  const counts = countLedger(left);
  return {
    shards,
    counts: { ...counts, records: counts.records + used, used },
    asOf: delivery.asOf ?? now.toISOString(),
  };
}

/** Undefined where it was taken, else what became of it. */
function addMark(marks: Map<string, string>, item: FeedItem): string | undefined {
  if (item.kind !== 'mark') return toLedgerEntry(item).outcome;
  if (marks.has(item.mark.id)) return 'duplicate id';
  marks.set(item.mark.id, encodeFields(item.mark.fields));
  return undefined;
}

async function adoptTable(
  store: Store,
  subject: string,
  write: (path: string) => TableReference,
): Promise<TableReference> {
  await store.prepare();
  const path = store.temporaryPath(subject);
  const table = write(path);
  await store.adopt(path, table.digest);
  return table;
}

/** The newest date that has come: records with dates of the future are used, but do not make the data look fresh. */
class NewestChange {
  readonly #latestMs: number;
  #newestMs = 0;

  constructor(now: Date) {
    this.#latestMs = now.getTime() + 24 * 60 * 60 * 1000;
  }

  see(date: string | undefined): void {
    const ms = Date.parse(date ?? '');
    if (ms > this.#newestMs && ms <= this.#latestMs) this.#newestMs = ms;
  }

  newest(): string {
    return new Date(this.#newestMs).toISOString();
  }
}
