import type { Snapshot } from '../advise/database/snapshot.ts';
import { Store } from '../advise/database/store.ts';
import type { Feed, FeedContext } from '../advise/feeds/feed.ts';
import { feeds } from '../advise/feeds/index.ts';
import { PlimsollError } from '../base/errors.ts';
import { noProgress, type ProgressSink } from '../base/progress.ts';
import { addressesOf } from './feed-address.ts';
import { openFeedSession, type UpdateOptions } from './update.ts';
import { updateSnapshot } from './update-snapshot.ts';

const hourMs = 60 * 60 * 1000;

/** What a scan may be told about its data. */
export interface EnsureOptions extends Pick<UpdateOptions, 'home' | 'variables' | 'signal' | 'progress'> {
  /** Fetches nothing. */
  readonly offline?: boolean | undefined;
  /** Data that its source was asked for longer ago is asked for again; a day unless given. */
  readonly maxAgeMs?: number;
  readonly now?: Date;
}

/**
 * Sees to it that the data of these shards (`Debian:11`, `npm`, `kev`) is here and not old, fetching just what is missing or old.
 * Never fails for lack of data: notes say what is missing, or how old what is used is. Throws `data-damaged` where damaged data
 * could not be replaced, `storage`, and the signal's reason.
 */
export async function ensureShards(shardNames: Iterable<string>, options: EnsureOptions = {}): Promise<void> {
  const { offline = false, maxAgeMs = 24 * hourMs, now = new Date(), progress = noProgress } = options;
  const store = new Store(options.home);
  const stale = neededData(shardNames)
    .map((needed) => ({ ...needed, last: readOrNote(store, needed, progress) }))
    .filter(({ last }) => last === undefined || now.getTime() - Date.parse(last.fetched) > maxAgeMs);
  if (stale.length === 0) return;
  if (offline) {
    for (const { name, last } of stale) progress.note(describeOffline(name, last, now));
    refuseDamaged(stale, store);
    return;
  }
  await using session = await openFeedSession(store, options);
  // At once: a source that does not answer must not keep the others waiting.
  const outcomes = await Promise.allSettled(
    stale.map((needed) => refresh(needed, store, options, session.context, now)),
  );
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  refuseDamaged(stale, store);
}

/** Data that was here and is damaged must not look like data that was never fetched. */
function refuseDamaged(stale: readonly NeededData[], store: Store): void {
  for (const { feed, name } of stale) store.readSnapshot({ feed: feed.id, name });
}

/** Data of a feed, by the name that the feed has for it. */
interface NeededData {
  readonly feed: Feed;
  readonly name: string;
}

/** All releases of an ecosystem come together. */
function neededData(shardNames: Iterable<string>): NeededData[] {
  const needed = new Map<string, NeededData>();
  for (const shardName of shardNames) {
    const name = shardName.replace(/:.*$/s, '');
    const marks = feeds.find(({ gives, id }) => gives === 'marks' && id === name);
    for (const feed of marks ? [marks] : feeds.filter(({ gives }) => gives === 'advisories'))
      needed.set(`${feed.id} ${name}`, { feed, name });
  }
  return [...needed.values()];
}

function readOrNote(store: Store, { feed, name }: NeededData, progress: ProgressSink): Snapshot | undefined {
  try {
    return store.readSnapshot({ feed: feed.id, name });
  } catch (error) {
    if (!(error instanceof PlimsollError) || error.code !== 'data-damaged') throw error;
    progress.note(error.message);
    return undefined;
  }
}

async function refresh(
  { feed, name, last }: NeededData & { readonly last: Snapshot | undefined },
  store: Store,
  { variables = process.env, signal, progress = noProgress }: EnsureOptions,
  context: FeedContext,
  now: Date,
): Promise<void> {
  try {
    const [address] = addressesOf(feed, { variables });
    await updateSnapshot({ feed, name, address: address!, store, now }, context);
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof PlimsollError) || (error.code === 'storage' && last === undefined)) throw error;
    progress.note(describeFailure(name, last, error, now));
  }
}

function describeOffline(name: string, last: Snapshot | undefined, now: Date): string {
  if (last === undefined) return `There is no data for ${name} here, and --offline forbids to fetch it.`;
  return `The data for ${name} ${describeAge(last, now)}; --offline forbids to ask for newer.`;
}

function describeFailure(name: string, last: Snapshot | undefined, { message }: PlimsollError, now: Date): string {
  if (last === undefined) return `There is no data for ${name}: ${message}`;
  return `The data for ${name} ${describeAge(last, now)}, and could not be renewed: ${message}`;
}

function describeAge({ fetched, asOf }: Snapshot, now: Date): string {
  const hours = Math.max(0, Math.round((now.getTime() - Date.parse(fetched)) / hourMs));
  const age = hours < 48 ? `${hours} hours` : `${Math.round(hours / 24)} days`;
  return `was fetched ${age} ago (its newest change is of ${asOf.slice(0, 10)})`;
}
