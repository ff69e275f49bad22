import type { Snapshot } from '../advise/database/snapshot.ts';
import { Store } from '../advise/database/store.ts';
import type { Feed, FeedContext } from '../advise/feeds/feed.ts';
import { feeds } from '../advise/feeds/index.ts';
import { ecosystems } from '../base/ecosystems.ts';
import { PlimsollError } from '../base/errors.ts';
import { noProgress, type ProgressSink } from '../base/progress.ts';
import { version } from '../base/version.ts';
import { checkFrom, type FoundFeed, findFeed } from './feed-address.ts';
import { type SnapshotUpdate, updateSnapshot } from './update-snapshot.ts';

/** What `db update` may be told. */
export interface UpdateOptions {
  /** URL or directory that all feeds are below, laid out like `osv/<Ecosystem>/all.zip`. */
  readonly from?: string | undefined;
  /** Ecosystems by OSV's names, `kev`, `epss`, `eol`, in any case. None: all below `from`; without that, those that scans use. */
  readonly names?: readonly string[];
  /** Takes data with less than half of the records that are here. */
  readonly acceptShrink?: boolean | undefined;
  /** The data directory. */
  readonly home?: string | undefined;
  readonly variables?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ProgressSink | undefined;
  /** Called as soon as one is done. */
  readonly onOutcome?: (outcome: UpdateOutcome) => void;
}

/** What became of one feed's data for one ecosystem. */
export type UpdateOutcome =
  | ({ readonly feed: string; readonly name: string } & SnapshotUpdate)
  | {
      readonly kind: 'failed';
      readonly feed: string;
      readonly name: string;
      readonly error: PlimsollError;
      /** What was here before and stays. */
      readonly kept?: Snapshot;
    };

/**
 * Brings advisory data up to date. What fails does not stop the rest, and leaves what was here. Throws `usage` for names that
 * nothing has, `not-found` where there is no feed at all, and the signal's reason.
 */
export async function updateDatabase(options: UpdateOptions = {}): Promise<readonly UpdateOutcome[]> {
  const { from, names = [], signal } = options;
  if (from !== undefined) await checkFrom(from);
  const store = new Store(options.home);
  await using session = await openFeedSession(store, options);
  const outcomes: UpdateOutcome[] = [];
  const record = (outcome: UpdateOutcome) => {
    outcomes.push(outcome);
    options.onOutcome?.(outcome);
  };
  const found = await findFeeds(options, session.context, record);
  const chosen = chooseNames(found, names, isChosenByDefault(from, store), outcomes.length > 0);
  for (const { feed, name, address } of chosen) {
    signal?.throwIfAborted();
    const request = { feed, name, address, store, acceptShrink: options.acceptShrink, now: new Date() };
    const outcome = await updateSnapshot(request, session.context).then(
      (update) => ({ feed: feed.id, name, ...update }),
      (error) => toFailure(error, feed.id, name, store, signal),
    );
    // Whoever made a mirror of some feeds and asked for all of it did not ask for the others.
    if (from !== undefined && names.length === 0 && feed.gives === 'marks' && isAbsent(outcome))
      session.context.progress.note(`There is no ${name} below ${from}.`);
    else record(outcome);
  }
  await store.collectGarbage();
  return outcomes;
}

/** What feeds need, for as long as it is not disposed. */
export async function openFeedSession(
  store: Store,
  { signal, progress = noProgress, variables = process.env }: Pick<UpdateOptions, 'signal' | 'progress' | 'variables'>,
): Promise<{ readonly context: FeedContext } & AsyncDisposable> {
  const temporaryDirectory = await store.prepare();
  // Scans whose data is fresh load no HTTP client.
  const { createHttpClient } = await import('../base/net/http-client.ts');
  const client = createHttpClient({
    userAgent: `plimsoll/${version}`,
    env: variables,
    onNote: (text) => progress.note(text),
  });
  return {
    context: { send: client.request, temporaryDirectory, signal, progress },
    [Symbol.asyncDispose]: async () => client.close(),
  };
}

async function findFeeds(
  { from, variables = process.env, names = [], signal }: UpdateOptions,
  context: FeedContext,
  record: (outcome: UpdateOutcome) => void,
): Promise<FoundFeed[]> {
  const found: FoundFeed[] = [];
  for (const feed of feeds) {
    if (!isAskedFor(feed, names)) continue;
    try {
      const place = await findFeed(feed, { from, variables }, context);
      if (place !== undefined) found.push(place);
    } catch (error) {
      record(toFailure(error, feed.id, feed.id, undefined, signal));
    }
  }
  if (found.length === 0 && from !== undefined)
    throw new PlimsollError(
      'not-found',
      `There is no advisory data below ${from}. Looked for osv/<Ecosystem>/all.zip, <Ecosystem>/all.zip, ` +
        `${feeds.flatMap(({ gives, placesBelowBase }) => (gives === 'marks' ? placesBelowBase : [])).join(', ')}.`,
    );
  return found;
}

/** Whoever names `kev` alone need not wait for, or fail with, the others. */
function isAskedFor(feed: Feed, names: readonly string[]): boolean {
  if (names.length === 0) return true;
  return feed.gives === 'marks' ? names.some((name) => isSame(name, feed.id)) : !names.every(isMarks);
}

interface Chosen extends Pick<FoundFeed, 'feed' | 'address'> {
  readonly name: string;
}

function chooseNames(
  found: readonly FoundFeed[],
  wanted: readonly string[],
  isDefault: (chosen: Chosen) => boolean,
  isPartial: boolean,
): Chosen[] {
  const all = found.flatMap(({ feed, address, names }) => names.map((name) => ({ feed, address, name })));
  if (wanted.length === 0) return all.filter(isDefault);
  // `Debian:11` is in the data of Debian.
  const bare = wanted.map((text) => text.replace(/:.*$/s, ''));
  const unknown = bare.filter((text) => !all.some(({ name }) => isSame(name, text)));
  // Where a feed could not say what it has, that failure is told instead.
  if (unknown.length > 0 && !isPartial)
    throw new PlimsollError(
      'usage',
      `There is no data for ${unknown.join(', ')}. There is: ${all.map(({ name }) => name).join(', ') || 'none'}.`,
    );
  return all.filter(({ name }) => bare.some((text) => isSame(name, text)));
}

/** A directory was put together by someone who wants it; the publishers have far more than scans can use. */
function isChosenByDefault(from: string | undefined, store: Store): (chosen: Chosen) => boolean {
  if (from !== undefined) return () => true;
  const present = new Set(store.readSnapshots().snapshots.map(({ feed, name }) => `${feed} ${name}`));
  return ({ feed, name }) =>
    feed.gives === 'marks' || ecosystems.some(({ osv }) => osv === name) || present.has(`${feed.id} ${name}`);
}

function toFailure(
  error: unknown,
  feed: string,
  name: string,
  store: Store | undefined,
  signal: AbortSignal | undefined,
): UpdateOutcome {
  signal?.throwIfAborted();
  // Anything else is a fault of the program, and must be seen as one.
  if (!(error instanceof PlimsollError)) throw error;
  const kept = store?.readSnapshots().snapshots.find((snapshot) => snapshot.feed === feed && snapshot.name === name);
  return { kind: 'failed', feed, name, error, ...(kept ? { kept } : {}) };
}

function isAbsent(outcome: UpdateOutcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'not-found';
}

function isMarks(name: string): boolean {
  return feeds.some(({ id, gives }) => gives === 'marks' && isSame(name, id));
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
