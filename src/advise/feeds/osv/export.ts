import { inflateEntry, openZipFile, readZipDirectory, type ZipEntry, type ZipSource } from '../../../base/bytes/zip.ts';
import { PlimsollError } from '../../../base/errors.ts';
import type { FeedItem } from '../feed.ts';
import { parseOsvRecord } from './record.ts';

/** All of osv.dev together has some 700,000 records. */
const zipLimits = { maxEntries: 2_000_000, maxPathBytes: 512 };
/** The largest real record, of the Linux kernel with all its versions, has some 5 MB. */
const maxRecordBytes = 32 * 1024 * 1024;

/** All records of an export together; those of all of osv.dev have some 5 GB. */
const maxTotalBytes = 32 * 1024 * 1024 * 1024;

/** An export with its records, one at a time in memory. `close` ends it. */
export interface OpenExport {
  readonly total: number;
  readonly items: AsyncIterable<FeedItem>;
  readonly close: () => Promise<void>;
}

/**
 * Opens `all.zip`. Fails with `bad-answer` unless its directory is whole: what it hides must not look as if it were not there.
 * A record that is damaged is an item that says so.
 * @param where Names the archive in errors.
 */
export async function openExport(path: string, ecosystem: string, where: string): Promise<OpenExport> {
  const source = await openZipFile(path, where);
  const close = async () => source[Symbol.asyncDispose]();
  try {
    await refuseOther(source);
    const { entries, problems } = await readZipDirectory(source, zipLimits);
    if (problems[0] !== undefined)
      throw new PlimsollError('bad-answer', `${problems[0].message} It may be cut off: fetch it again.`);
    const records = entries.filter(({ name }) => !name.endsWith('/'));
    if (records.reduce((sum, { size }) => sum + size, 0) > maxTotalBytes)
      throw new PlimsollError(
        'limit-exceeded',
        `${where} claims to unpack to more than any export does. Check the address.`,
      );
    return { total: records.length, items: readRecords(source, records, ecosystem), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Proxies and login pages answer with a page where a file was asked for. */
async function refuseOther(source: ZipSource): Promise<void> {
  const head = Buffer.from(await source.read(0, Math.min(source.size, 64))).toString('latin1');
  if (/^\s{0,32}</.test(head))
    throw new PlimsollError(
      'bad-answer',
      `${source.path} is a web page, not an export. Check the address and the proxy.`,
    );
  if (head === '') throw new PlimsollError('bad-answer', `${source.path} is empty. Fetch it again.`);
}

async function* readRecords(
  source: ZipSource,
  entries: readonly ZipEntry[],
  ecosystem: string,
): AsyncGenerator<FeedItem> {
  for (const entry of entries) {
    const record = toRecordName(entry.name);
    const bytes = await inflateEntry(source, entry, maxRecordBytes);
    if ('kind' in bytes)
      yield { kind: 'left', record, outcome: bytes.code === 'too-large' ? 'too large' : 'damaged', leftOut: {} };
    else yield parseRecordBytes(bytes, ecosystem, record);
  }
}

/** Reads the bytes of one record; `record` names it where its id cannot be read. */
export function parseRecordBytes(bytes: Buffer, ecosystem: string, record: string): FeedItem {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { kind: 'left', record, outcome: 'not JSON', leftOut: {} };
  }
  return parseOsvRecord(value, ecosystem, record);
}

/** The id that the file's name promises; what no id has becomes `?`. */
function toRecordName(fileName: string): string {
  const name = fileName
    .replace(/\.json$/, '')
    .slice(0, 128)
    .replace(/[^!-~]/g, '?');
  return name === '' ? '?' : name;
}
