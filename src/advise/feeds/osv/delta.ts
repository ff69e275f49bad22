import { downloadBytes, isNotFound } from '../download.ts';
import type { FeedContext, FeedItem } from '../feed.ts';
import { parseRecordBytes } from './export.ts';
import { compareModified } from './modified-list.ts';
import { recordAddress, taskOf } from './places.ts';

/** More single records than this cost more than the whole export. */
const maxChanged = 1000;
const maxRecordBytes = 4 * 1024 * 1024;
/** Records at hand together before they are built in. */
const maxTogetherBytes = 64 * 1024 * 1024;
const requestsAtOnce = 8;

/** The records that have changed, and the ids of those that are gone. */
export interface Changes {
  readonly items: readonly FeedItem[];
  readonly vanished: readonly string[];
}

/** Fetches just what has changed; undefined where the whole export is the better way, or the only one. */
export async function fetchChanges(
  ecosystem: string,
  address: string,
  listed: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, string>,
  context: FeedContext,
): Promise<Changes | undefined> {
  const { changed, vanished } = compareModified(listed, known);
  // A list that shrank by that much is hardly true: the export decides.
  if (changed.length > maxChanged || vanished.length > Math.min(maxChanged, known.size / 10)) return;
  const items: FeedItem[] = [];
  let bytesTogether = 0;
  const waiting = [...changed];
  const fetchWaiting = async (): Promise<void> => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const url = recordAddress(address, ecosystem, id);
      const fetched = await downloadBytes({ url, task: taskOf(ecosystem), maxBytes: maxRecordBytes }, context);
      if (fetched === 'unchanged') continue;
      bytesTogether += fetched.bytes.length;
      if (bytesTogether > maxTogetherBytes) waiting.length = 0;
      items.push(parseRecordBytes(fetched.bytes, ecosystem, id));
    }
  };
  try {
    await Promise.all(Array.from({ length: requestsAtOnce }, fetchWaiting));
  } catch (error) {
    waiting.length = 0;
    if (isNotFound(error)) return;
    throw error;
  }
  return bytesTogether > maxTogetherBytes ? undefined : { items, vanished };
}
