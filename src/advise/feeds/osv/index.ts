import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redactUrl } from '../../../base/net/redact-url.ts';
import { addressBelow, type Download, downloadBytes, downloadFile, isNotFound } from '../download.ts';
import type { Delivery, Feed, FeedContext, Fingerprint, KnownRecords } from '../feed.ts';
import { fetchChanges } from './delta.ts';
import { openExport } from './export.ts';
import { parseModifiedList } from './modified-list.ts';
import { exportAddress, modifiedListAddress, taskOf } from './places.ts';

const MiB = 1024 * 1024;
/** The exports of all of osv.dev together have some 2 GB. */
const maxExportBytes = 4096 * MiB;
const maxListBytes = 256 * MiB;
const maxEcosystemsBytes = MiB;
const maxEcosystems = 1000;

/** OSV's exports, one per ecosystem. https://google.github.io/osv.dev/data/ */
export const osv: Feed = {
  id: 'osv',
  gives: 'advisories',
  address: 'https://osv-vulnerabilities.storage.googleapis.com',
  variable: 'PLIMSOLL_FEED_OSV',
  placesBelowBase: ['osv', ''],
  list: listEcosystems,
  deliver: deliverEcosystem,
};

async function listEcosystems(address: string, context: FeedContext): Promise<string[] | undefined> {
  const url = addressBelow(address, 'ecosystems.txt');
  try {
    const list = await downloadBytes({ url, task: 'Listing ecosystems', maxBytes: maxEcosystemsBytes }, context);
    return list === 'unchanged' ? undefined : parseEcosystems(list.bytes.toString('utf8'));
  } catch (error) {
    if (!isNotFound(error)) throw error;
    return address.startsWith('file:') ? listFolders(fileURLToPath(address)) : undefined;
  }
}

/** One name per line. Releases (`Debian:11`) are in the export of their ecosystem, and `[EMPTY]` is none. */
export function parseEcosystems(text: string): string[] {
  const names = text.split(/\r?\n/).filter((line) => /^[A-Za-z][A-Za-z0-9 ._-]{0,63}$/.test(line));
  return [...new Set(names)].slice(0, maxEcosystems).sort();
}

/** A directory without a list: the folders with an export in them. */
async function listFolders(path: string): Promise<string[] | undefined> {
  const folders = await readdir(path).catch(() => []);
  const names: string[] = [];
  for (const name of parseEcosystems(folders.join('\n')))
    if (await stat(join(path, name, 'all.zip')).catch(() => undefined)) names.push(name);
  return names.length === 0 ? undefined : names;
}

async function deliverEcosystem(
  ecosystem: string,
  address: string,
  last: { readonly fingerprint: Fingerprint; readonly known: () => KnownRecords } | undefined,
  context: FeedContext,
): Promise<Delivery | 'unchanged'> {
  // A directory is read faster than it is compared.
  if (address.startsWith('file:')) return fetchWhole(ecosystem, address, last?.fingerprint, {}, context);
  const list = await fetchModifiedList(ecosystem, address, last?.fingerprint, context);
  if (list === 'unchanged') return 'unchanged';
  if (last !== undefined && list?.dates !== undefined) {
    const changes = await fetchChanges(ecosystem, address, list.dates, last.known().modified, context);
    if (changes !== undefined) {
      if (changes.items.length + changes.vanished.length === 0) return 'unchanged';
      return {
        source: redactUrl(exportAddress(address, ecosystem)),
        fingerprint: { ...last.fingerprint, ...list.fingerprint },
        vanished: changes.vanished,
        total: changes.items.length,
        items: toAsync(changes.items),
        [Symbol.asyncDispose]: async () => {},
      };
    }
  }
  return fetchWhole(ecosystem, address, last?.fingerprint, list?.fingerprint ?? {}, context);
}

/** Undefined where the source has no list; no dates where it is not one. */
async function fetchModifiedList(
  ecosystem: string,
  address: string,
  last: Fingerprint | undefined,
  context: FeedContext,
): Promise<{ dates: Map<string, string> | undefined; fingerprint: Fingerprint } | 'unchanged' | undefined> {
  const url = modifiedListAddress(address, ecosystem);
  const known: Fingerprint = {
    ...(last?.listEtag ? { etag: last.listEtag } : {}),
    ...(last?.listLastModified ? { lastModified: last.listLastModified } : {}),
  };
  const download: Download = { url, task: taskOf(ecosystem), maxBytes: maxListBytes, last: known };
  try {
    const answer = await downloadBytes(download, context);
    if (answer === 'unchanged') return answer;
    const { etag, lastModified } = answer.fingerprint;
    const fingerprint = {
      ...(etag ? { listEtag: etag } : {}),
      ...(lastModified ? { listLastModified: lastModified } : {}),
    };
    return { dates: parseModifiedList(answer.bytes), fingerprint };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

async function fetchWhole(
  ecosystem: string,
  address: string,
  last: Fingerprint | undefined,
  more: Fingerprint,
  context: FeedContext,
): Promise<Delivery | 'unchanged'> {
  const url = exportAddress(address, ecosystem);
  const file = await downloadFile({ url, task: taskOf(ecosystem), maxBytes: maxExportBytes, last }, context);
  if (file === 'unchanged') return file;
  try {
    const source = redactUrl(url);
    const { total, items, close } = await openExport(file.path, ecosystem, source);
    const dispose = async () => {
      await close();
      await file[Symbol.asyncDispose]();
    };
    return { source, fingerprint: { ...file.fingerprint, ...more }, total, items, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

async function* toAsync<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
