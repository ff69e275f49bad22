import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addressBelow } from '../advise/feeds/download.ts';
import type { Feed, FeedContext } from '../advise/feeds/feed.ts';
import { PlimsollError } from '../base/errors.ts';

/** Where feeds are fetched from. */
export interface FeedPlaces {
  /** A base for all feeds, URL or directory; else each has its own address. */
  readonly from?: string | undefined;
  /** For `PLIMSOLL_FEED_OSV` and the like. */
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** A feed with the address that it has something at, and the names of that. */
export interface FoundFeed {
  readonly feed: Feed;
  readonly address: string;
  readonly names: readonly string[];
}

/** Where a feed may be, most likely first. */
export function addressesOf(feed: Feed, { from, variables }: FeedPlaces): string[] {
  if (from === undefined) return [toAddress(variables[feed.variable] || feed.address)];
  const base = toAddress(from);
  return feed.placesBelowBase.map((place) => (place === '' ? base : addressBelow(base, ...place.split('/'))));
}

/** Looks for a feed at its addresses; undefined where none has anything. */
export async function findFeed(feed: Feed, places: FeedPlaces, context: FeedContext): Promise<FoundFeed | undefined> {
  for (const address of addressesOf(feed, places)) {
    const names = await feed.list(address, context);
    if (names !== undefined) return { feed, address, names };
  }
  return undefined;
}

/** Fails with `usage` where `--from` names something on this disk that is no directory. */
export async function checkFrom(from: string): Promise<void> {
  if (isUrl(from)) return;
  const found = await stat(from).catch((cause) => {
    throw new PlimsollError('usage', `--from ${from}: there is no such directory. Name one, or a URL.`, { cause });
  });
  if (!found.isDirectory())
    throw new PlimsollError(
      'usage',
      `--from ${from} is a file, not a directory. To take over an export: plimsoll db import ${from}`,
    );
}

function toAddress(text: string): string {
  return (isUrl(text) ? text : pathToFileURL(resolve(text)).href).replace(/\/{1,100}$/, '');
}

function isUrl(text: string): boolean {
  return /^(?:https?|file):\/\//i.test(text);
}
