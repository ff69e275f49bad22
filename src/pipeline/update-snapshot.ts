import { Ledger } from '../advise/database/ledger.ts';
import type { Snapshot } from '../advise/database/snapshot.ts';
import type { Store } from '../advise/database/store.ts';
import type { Feed, FeedContext, Fingerprint, KnownRecords } from '../advise/feeds/feed.ts';
import { PlimsollError } from '../base/errors.ts';
import { redactUrl } from '../base/net/redact-url.ts';
import { buildSnapshot } from './build-snapshot.ts';

/** Raised whenever the same records give other tables, though older ones can still be read: an update makes them anew. */
const tablesVersion = '2';

/** Which data to bring up to date, and from where. */
export interface SnapshotRequest {
  readonly feed: Feed;
  readonly name: string;
  readonly address: string;
  readonly store: Store;
  /** Takes data with less than half of the records that are here. */
  readonly acceptShrink?: boolean | undefined;
  readonly now: Date;
}

/** What became of one. */
export interface SnapshotUpdate {
  readonly kind: 'updated' | 'changed' | 'unchanged';
  readonly snapshot: Snapshot;
}

/**
 * Fetches what has changed of one feed's data and makes it the current data. Until that moment, and whenever it fails, what was
 * here stays.
 */
export async function updateSnapshot(request: SnapshotRequest, context: FeedContext): Promise<SnapshotUpdate> {
  const { feed, name, address, store, now } = request;
  const last = await readLast(request);
  const known = last && { fingerprint: comparable(last, address), known: () => readKnown(last, store) };
  const delivery = await feed.deliver(name, address, known, context);
  if (delivery === 'unchanged') {
    if (last === undefined)
      throw new PlimsollError('bad-answer', `${address} says that nothing has changed, but nothing is here.`);
    const snapshot = { ...last, fetched: now.toISOString() };
    await store.publish(snapshot);
    return { kind: 'unchanged', snapshot };
  }
  try {
    const { signal, progress } = context;
    const built = await buildSnapshot({ feed, name, delivery, last, store, signal, progress, now });
    const snapshot = {
      ...built,
      fingerprint: { ...built.fingerprint, address: redactUrl(address), tables: tablesVersion },
    };
    refuseUnusable(snapshot);
    if (last !== undefined && !request.acceptShrink) refuseShrunk(last, snapshot);
    await store.publish(snapshot);
    return { kind: delivery.vanished === undefined ? 'updated' : 'changed', snapshot };
  } finally {
    await delivery[Symbol.asyncDispose]();
  }
}

/** Another source's tags mean nothing here, whatever they are. */
function comparable({ fingerprint }: Snapshot, address: string): Fingerprint {
  return fingerprint.address === redactUrl(address) ? fingerprint : {};
}

/** Damaged data, and data of another version, counts as absent, and is replaced: an update is how it is mended. */
async function readLast({ feed, name, store }: SnapshotRequest): Promise<Snapshot | undefined> {
  try {
    const last = store.readSnapshot({ feed: feed.id, name });
    const isUsable = last?.fingerprint.tables === tablesVersion && (await store.isIntact(last));
    return isUsable ? last : undefined;
  } catch (error) {
    if (error instanceof PlimsollError && error.code === 'data-damaged') return undefined;
    throw error;
  }
}

function readKnown({ ledger }: Snapshot, store: Store): KnownRecords {
  const modified = new Map<string, string>();
  if (ledger === undefined) return { modified };
  using opened = Ledger.open(store.tablePath(ledger.digest));
  for (const entry of opened.entries())
    if (!modified.has(entry.record)) modified.set(entry.record, entry.modified ?? '');
  return { modified };
}

/** What is said of records that are whole, and only do not tell which versions are affected. */
const readableReasons: readonly string[] = ['no usable range', 'no affected package'];

/** A source of which nothing can be read is another kind of file, not one without advisories. */
function refuseUnusable({ source, name, counts: { used, withdrawn, refused } }: Snapshot): void {
  const [first] = refused;
  const isRead = refused.some(({ reason }) => readableReasons.includes(reason));
  if (used + withdrawn > 0 || first === undefined || isRead) return;
  throw new PlimsollError(
    'bad-answer',
    `No record of ${source} can be used for ${name} (${first.count} times: ${first.reason}). Check the address.`,
  );
}

/** A source that lost most of its records has more likely failed than found that nothing was wrong. */
function refuseShrunk(last: Snapshot, next: Snapshot): void {
  if (next.counts.used * 2 >= last.counts.used) return;
  throw new PlimsollError(
    'bad-answer',
    `${next.source} now has ${next.counts.used} usable records, less than half of the ${last.counts.used} that are here, ` +
      `which stay. If it is right: plimsoll db update --accept-shrink "${next.name}"`,
  );
}
