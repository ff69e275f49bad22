import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants as accessModes, open, rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { constants, createZstdCompress } from 'node:zlib';
import { endOfArchive, tarPadding } from '../../base/bytes/tar/writer.ts';
import { PlimsollError, toMessage } from '../../base/errors.ts';
import { asideName, isSpecialFile, toStorageError } from '../../base/places.ts';
import { openSpecialFile } from '../../base/special-file.ts';
import { ArchiveReader, encodeMemberHeader } from './archive.ts';
import { checkTables } from './check-tables.ts';
import { decodeSnapshot, type Snapshot, type TableReference, tablesOf, toSnapshotJson } from './snapshot.ts';
import type { Store } from './store.ts';

/** Of the index in an export: some thousand snapshots. */
const maxIndexBytes = 64 * 1024 * 1024;
const maxTables = 100_000;
/** Of one table; the largest real one has some 10 MB. */
const maxTableBytes = 4 * 1024 * 1024 * 1024;
const indexName = 'plimsoll-database/index.json';

/** Writes all current data into one file, whole or not at all. The same data gives the same bytes. */
export async function exportDatabase(
  store: Store,
  path: string,
  signal?: AbortSignal,
): Promise<{ snapshots: number; bytes: number }> {
  const { snapshots, damaged } = store.readSnapshots();
  if (damaged[0] !== undefined) throw new PlimsollError('data-damaged', damaged[0].message);
  if (snapshots.length === 0)
    throw new PlimsollError(
      'data-missing',
      `There is no advisory data in ${store.directory}. Fetch some: plimsoll db update`,
    );
  const write = isSpecialFile(path) ? writeInPlace : writeFileAside;
  try {
    const bytes = await write(path, (take) => writeArchive(take, store, snapshots, signal), signal);
    return { snapshots: snapshots.length, bytes };
  } catch (cause) {
    throw toStorageError('write', path, cause, 'Name another file, or free some space there.');
  }
}

type Take = (chunk: Buffer) => Promise<void>;
type WriteAll = (take: Take) => Promise<number>;

async function writeInPlace(path: string, writeAll: WriteAll, signal: AbortSignal | undefined): Promise<number> {
  const special = await openSpecialFile(path, signal);
  try {
    return await writeAll((chunk) => special.write(chunk));
  } finally {
    special.close();
  }
}

async function writeFileAside(path: string, writeAll: WriteAll): Promise<number> {
  const aside = asideName(path);
  try {
    const file = await open(aside, 'wx');
    try {
      const bytes = await writeAll((chunk) => file.writeFile(chunk));
      await file.sync();
      await rename(aside, path);
      return bytes;
    } finally {
      await file.close();
    }
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => {});
    throw cause;
  }
}

async function writeArchive(
  take: Take,
  store: Store,
  snapshots: readonly Snapshot[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const { ZSTD_c_compressionLevel, ZSTD_c_checksumFlag } = constants;
  const engine = createZstdCompress({ params: { [ZSTD_c_compressionLevel]: 9, [ZSTD_c_checksumFlag]: 1 } });
  let bytes = 0;
  await pipeline(Readable.from(membersOf(store, snapshots)), engine, async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      await take(chunk);
      bytes += chunk.length;
    }
  });
  return bytes;
}

async function* membersOf(store: Store, snapshots: readonly Snapshot[]): AsyncGenerator<Uint8Array> {
  const index = encodeIndex(snapshots);
  yield Buffer.concat([encodeMemberHeader(indexName, index.length), index, tarPadding(index.length)]);
  for (const table of uniqueTables(snapshots)) {
    yield encodeMemberHeader(memberName(table), table.bytes);
    yield* readTable(store.tablePath(table.digest), table);
    yield tarPadding(table.bytes);
  }
  yield endOfArchive;
}

/** A damaged table must not be passed on. */
async function* readTable(path: string, table: TableReference): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      yield chunk;
    }
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT' ? damagedTable(path, cause) : cause;
  }
  if (hash.digest('hex') !== table.digest) throw damagedTable(path);
}

function damagedTable(path: string, cause?: unknown): PlimsollError {
  return new PlimsollError('data-damaged', `${path} is damaged or gone. Fetch its data again: plimsoll db update`, {
    cause,
  });
}

/**
 * Takes over what `exportDatabase` wrote: every snapshot in it replaces the one here, whichever is newer. Nothing changes before
 * the whole file was read and all of it agrees with its digests.
 */
export async function importDatabase(store: Store, path: string, signal?: AbortSignal): Promise<readonly Snapshot[]> {
  await store.prepare();
  await access(path, accessModes.R_OK).catch((cause) => {
    throw new PlimsollError('storage', `Cannot read ${path}: ${toMessage(cause)}.`, { cause });
  });
  await using reader = new ArchiveReader(path);
  const written = new Map<string, string>();
  try {
    const snapshots = await readIndex(reader);
    for (const table of uniqueTables(snapshots)) {
      const temporary = store.temporaryPath('import');
      written.set(table.digest, temporary);
      await extractTable(reader, table, temporary);
      signal?.throwIfAborted();
    }
    await reader.end();
    await checkSnapshots(reader, snapshots, written, signal);
    for (const [digest, temporary] of written) await store.adopt(temporary, digest);
    for (const snapshot of snapshots) await store.publish(snapshot);
    return snapshots;
  } finally {
    for (const temporary of written.values()) await rm(temporary, { force: true }).catch(() => {});
  }
}

async function checkSnapshots(
  reader: ArchiveReader,
  snapshots: readonly Snapshot[],
  written: ReadonlyMap<string, string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const snapshot of snapshots) {
    // Lets signals have their turn.
    await nextTurn();
    signal?.throwIfAborted();
    try {
      checkTables(snapshot, (digest) => written.get(digest)!);
    } catch (cause) {
      throw reader.damaged('a table in it is not readable', cause);
    }
  }
}

async function readIndex(reader: ArchiveReader): Promise<Snapshot[]> {
  const bytes = await reader.enter(indexName);
  if (bytes > maxIndexBytes) throw reader.damaged('its index is too long');
  const chunks: Buffer[] = [];
  for await (const chunk of reader.contents(bytes)) chunks.push(chunk);
  const snapshots = decodeIndex(Buffer.concat(chunks).toString('utf8'));
  if (snapshots === undefined) throw reader.damaged('its index is not readable, or of another version');
  const tables = uniqueTables(snapshots);
  if (tables.length > maxTables || tables.some((table) => table.bytes > maxTableBytes))
    throw reader.damaged('it claims to hold more than any database has');
  return snapshots;
}

async function extractTable(reader: ArchiveReader, table: TableReference, path: string): Promise<void> {
  if ((await reader.enter(memberName(table))) !== table.bytes) throw reader.damaged('its index contradicts it');
  const hash = createHash('sha256');
  const file = await open(path, 'wx').catch((cause) => {
    throw toStorageError('create', path, cause);
  });
  try {
    for await (const chunk of reader.contents(table.bytes)) {
      hash.update(chunk);
      await file.writeFile(chunk).catch((cause) => {
        throw toStorageError('write', path, cause);
      });
    }
    await file.sync();
  } finally {
    await file.close();
  }
  if (hash.digest('hex') !== table.digest)
    throw reader.damaged(`${memberName(table)} has another digest than its name says`);
}

/** Each table once, sorted by digest. */
function uniqueTables(snapshots: readonly Snapshot[]): TableReference[] {
  const tables = new Map(snapshots.flatMap(tablesOf).map((table) => [table.digest, table]));
  return [...tables.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}

function memberName({ digest }: TableReference): string {
  return `plimsoll-database/${digest}`;
}

/** The digest covers what no table's digest does, such as where the data is from. */
function encodeIndex(snapshots: readonly Snapshot[]): Buffer {
  const values = snapshots.map(toSnapshotJson);
  return Buffer.from(JSON.stringify({ digest: digestOf(values), snapshots: values }));
}

function decodeIndex(text: string): Snapshot[] | undefined {
  const { digest, snapshots: values } = parseObject(text);
  if (!Array.isArray(values) || digest !== digestOf(values)) return;
  const snapshots = values.map(decodeSnapshot);
  return snapshots.every((snapshot) => snapshot !== undefined) ? snapshots : undefined;
}

function digestOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex');
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
