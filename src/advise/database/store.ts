import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { PlimsollError, toMessage } from '../../base/errors.ts';
import {
  asideName,
  dataDirectory,
  ensureDirectory,
  syncDirectory,
  toStorageError,
  writeAside,
} from '../../base/places.ts';
import {
  decodeSnapshot,
  isOfAnotherVersion,
  maxSnapshotBytes,
  type Snapshot,
  type TableReference,
  tablesOf,
  toSnapshotFile,
  toSnapshotJson,
} from './snapshot.ts';

/** How long a table stays after the last snapshot that named it, for readers that still look by the old one. */
const graceMs = 60 * 60 * 1000;
/** After which a temporary file belongs to a process that was killed. */
const abandonedMs = 6 * 60 * 60 * 1000;

/** A snapshot's file that cannot be read. */
export interface DamagedSnapshot {
  readonly path: string;
  readonly message: string;
}

/**
 * The files of the database:
 *
 *   shards/<sha256>     tables, never changed
 *   current/<feed>.json which tables are the current ones, see `Snapshot`
 *   tmp/                what is being written
 *
 * Everything is written aside and renamed, and nothing is locked: any number of processes may read and update at once. Of two
 * updates of one snapshot, the one that ends last stays.
 */
export class Store {
  readonly directory: string;

  /** @param home The data directory, see `dataDirectory`. */
  constructor(home: string = dataDirectory()) {
    this.directory = join(home, 'db');
  }

  tablePath(digest: string): string {
    return join(this.directory, 'shards', digest);
  }

  /** Every current snapshot, sorted by feed and name. */
  readSnapshots(): { snapshots: Snapshot[]; damaged: DamagedSnapshot[] } {
    const snapshots: Snapshot[] = [];
    const damaged: DamagedSnapshot[] = [];
    for (const file of this.#snapshotFiles()) {
      try {
        const snapshot = this.#readFile(file);
        if (snapshot !== undefined) snapshots.push(snapshot);
      } catch (error) {
        damaged.push({ path: join(this.directory, 'current', file), message: toMessage(error) });
      }
    }
    return { snapshots, damaged };
  }

  /** Undefined where there is none; `data-damaged` where its file is not readable. */
  readSnapshot(key: Pick<Snapshot, 'feed' | 'name'>): Snapshot | undefined {
    return this.#readFile(toSnapshotFile(key));
  }

  /** Whether every table of a snapshot is there and is what its digest says. */
  async isIntact(snapshot: Snapshot): Promise<boolean> {
    for (const { digest } of tablesOf(snapshot)) {
      const actual = await digestFile(this.tablePath(digest)).catch(() => undefined);
      if (actual !== digest) return false;
    }
    return true;
  }

  /** Makes the directories, and answers the one for temporary files. */
  async prepare(): Promise<string> {
    for (const name of ['shards', 'current', 'tmp']) await ensureDirectory(join(this.directory, name));
    return join(this.directory, 'tmp');
  }

  /** Path for a new file in the directory for temporary files. */
  temporaryPath(subject: string): string {
    return asideName(join(this.directory, 'tmp', subject));
  }

  /** Moves a table that was written and flushed to its place. */
  async adopt(path: string, digest: string): Promise<void> {
    // Over an equal one, too: its time then says that it is of use.
    await rename(path, this.tablePath(digest)).catch((cause) => {
      throw toStorageError('write', this.tablePath(digest), cause);
    });
  }

  /** Makes a snapshot the current one; its tables must be in place. */
  async publish(snapshot: Snapshot): Promise<void> {
    if (decodeSnapshot(toSnapshotJson(snapshot)) === undefined)
      throw new PlimsollError(
        'bad-answer',
        `What ${snapshot.source} gave for ${snapshot.name} cannot be kept. Check the address.`,
      );
    await syncDirectory(join(this.directory, 'shards'));
    await this.#startGrace(snapshot);
    const text = `${JSON.stringify(withChecksum(toSnapshotJson(snapshot)), null, 1)}\n`;
    await writeAside(join(this.directory, 'current', toSnapshotFile(snapshot)), text, { durable: true });
    const missing = tablesOf(snapshot).find(({ digest }) => !existsSync(this.tablePath(digest)));
    if (missing !== undefined)
      throw new PlimsollError(
        'storage',
        `${this.tablePath(missing.digest)} was removed while it was taken into use. Run the update again.`,
      );
  }

  /** Removes tables that no snapshot has named for an hour, and what killed processes left. Failures are left for the next time. */
  async collectGarbage(now: Date = new Date()): Promise<void> {
    const isOlder = async (path: string, ageMs: number) => now.getTime() - (await stat(path)).mtimeMs > ageMs;
    const remove = async (folder: string, ageMs: number, isKept: (name: string) => boolean) => {
      for (const name of await readdir(join(this.directory, folder)).catch(() => [])) {
        const path = join(this.directory, folder, name);
        if ((await isOlder(path, ageMs).catch(() => false)) && !isKept(name))
          await rm(path, { force: true }).catch(() => {});
      }
    };
    // Without knowing what a damaged snapshot names, nothing may go.
    if (this.readSnapshots().damaged.length === 0) await remove('shards', graceMs, (name) => this.#isNamed(name));
    await remove('tmp', abandonedMs, () => false);
    await remove('current', abandonedMs, (name) => !name.endsWith('.tmp'));
  }

  #isNamed(digest: string): boolean {
    // Read anew for each table: another process may just have taken it into use.
    return this.readSnapshots().snapshots.some((snapshot) =>
      tablesOf(snapshot).some((table) => table.digest === digest),
    );
  }

  /** The hour of grace counts from now for the tables that the new snapshot no longer names. */
  async #startGrace(next: Snapshot): Promise<void> {
    const kept = new Set(tablesOf(next).map(({ digest }) => digest));
    const now = new Date();
    for (const { digest } of this.#tablesBefore(next))
      if (!kept.has(digest)) await utimes(this.tablePath(digest), now, now).catch(() => {});
  }

  #tablesBefore(next: Snapshot): TableReference[] {
    try {
      const before = this.readSnapshot(next);
      return before === undefined ? [] : tablesOf(before);
    } catch {
      // It is damaged, and is being replaced.
      return [];
    }
  }

  #snapshotFiles(): string[] {
    const folder = join(this.directory, 'current');
    try {
      return readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort();
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw toStorageError('read', folder, cause);
    }
  }

  #readFile(file: string): Snapshot | undefined {
    const path = join(this.directory, 'current', file);
    const text = readCapped(path);
    if (text === undefined) return;
    const value = parseJson(text);
    const snapshot = decodeSnapshot(checked(value));
    if (snapshot !== undefined && toSnapshotFile(snapshot) === file) return snapshot;
    if (isOfAnotherVersion(value))
      throw new PlimsollError(
        'data-damaged',
        `${path} was written by another version of Plimsoll. Fetch its data again: plimsoll db update`,
      );
    throw new PlimsollError('data-damaged', `${path} is damaged. Fetch its data again: plimsoll db update`);
  }
}

async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function readCapped(path: string): string | undefined {
  try {
    return statSync(path).size > maxSnapshotBytes ? '' : readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw toStorageError('read', path, cause);
  }
}

/** Damage that leaves it JSON, in a date for instance, would not show otherwise. */
function withChecksum(value: object): object {
  return { ...value, checksum: crc32(JSON.stringify(value)) };
}

/** The value without its checksum; undefined where that is another. One without any was written before there were some. */
function checked(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('checksum' in value)) return value;
  const { checksum, ...rest } = value;
  return checksum === crc32(JSON.stringify(rest)) ? rest : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
