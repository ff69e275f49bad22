import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { PlimsollError } from '../../base/errors.ts';
import { openDatabase } from './database.ts';
import { exportDatabase, importDatabase } from './exchange.ts';
import { countLedger } from './ledger-entry.ts';
import { encodeFields, writeMarks } from './mark-table.ts';
import type { Snapshot } from './snapshot.ts';
import { Store } from './store.ts';

async function withHome(work: (home: string, store: Store) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-store-'));
  try {
    await work(home, new Store(home));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Publishes a catalogue of these ids, as an update would. */
async function publishKev(store: Store, ids: readonly string[]): Promise<Snapshot> {
  await store.prepare();
  const path = store.temporaryPath('kev');
  const marks = ids.map((id) => ({ id, fields: ['2024-01-01', '', false] }));
  const table = writeMarks(path, 'kev', new Map(marks.map(({ id, fields }) => [id, encodeFields(fields)])));
  await store.adopt(path, table.digest);
  const snapshot: Snapshot = {
    feed: 'kev',
    name: 'kev',
    source: 'https://example.invalid/',
    fetched: '2024-01-02T00:00:00.000Z',
    asOf: '2024-01-01T00:00:00.000Z',
    fingerprint: {},
    counts: { ...countLedger([]), records: ids.length, used: ids.length },
    shards: [{ name: 'kev', ...table, advisories: ids.length, packages: 0 }],
  };
  await store.publish(snapshot);
  return snapshot;
}

function isError(code: string, message = /./): (error: unknown) => boolean {
  return (error) => error instanceof PlimsollError && error.code === code && message.test(error.message);
}

test('an empty database has nothing and is no error', () =>
  withHome(async (home, store) => {
    using database = openDatabase({ home });
    assert.deepEqual(database.shards(), []);
    assert.equal(database.open('npm'), undefined);
    assert.deepEqual([...database.kev(['CVE-2024-1111']), ...database.epss(['CVE-2024-1111'])], []);
    await assert.rejects(exportDatabase(store, join(home, 'out')), isError('data-missing', /plimsoll db update/));
  }));

test('what was published is found', () =>
  withHome(async (home, store) => {
    await publishKev(store, ['CVE-2024-2222', 'CVE-2024-1111']);
    using database = openDatabase({ home });
    assert.deepEqual(
      database.shards().map(({ name, feed, advisories }) => [name, feed, advisories]),
      [['kev', 'kev', 2]],
    );
    assert.deepEqual(
      [...database.kev(['CVE-2024-1111', 'CVE-2024-3333'])],
      [['CVE-2024-1111', { dateAdded: '2024-01-01', ransomware: false }]],
    );
    assert.throws(() => database.open('kev'), isError('data-damaged'));
  }));

test('a reader whose table was removed meanwhile takes the new one', () =>
  withHome(async (home, store) => {
    const old = await publishKev(store, ['CVE-2024-1111']);
    using database = openDatabase({ home });
    await publishKev(store, ['CVE-2024-1111', 'CVE-2024-2222']);
    rmSync(store.tablePath(old.shards[0]!.digest));
    assert.equal(database.kev(['CVE-2024-2222']).size, 1);
  }));

test('a table that is gone for good is damage, with what to do', () =>
  withHome(async (home, store) => {
    const { shards } = await publishKev(store, ['CVE-2024-1111']);
    rmSync(store.tablePath(shards[0]!.digest));
    using database = openDatabase({ home });
    assert.throws(() => database.kev(['CVE-2024-1111']), isError('data-damaged', /plimsoll db update/));
    assert.equal(await store.isIntact(await Promise.resolve(store.readSnapshots().snapshots[0]!)), false);
  }));

test('a damaged snapshot is told and hides nothing else', () =>
  withHome(async (home, store) => {
    await publishKev(store, ['CVE-2024-1111']);
    for (const text of ['', '{', '{}', 'x'.repeat(5_000_000), readSnapshotText(store).replace('"kev"', '"../kev"')]) {
      writeFileSync(join(store.directory, 'current', 'osv+npm.json'), text);
      using database = openDatabase({ home });
      assert.equal(database.shards().length, 1);
      assert.match(database.damaged[0]?.message ?? '', /osv\+npm\.json is damaged.*plimsoll db update/);
    }
  }));

test('a snapshot that says another date than was written is damaged', () =>
  withHome(async (home, store) => {
    const { fetched } = await publishKev(store, ['CVE-2024-1111']);
    const file = join(store.directory, 'current', 'kev+kev.json');
    writeFileSync(file, readSnapshotText(store).replace(fetched, fetched.replace('2024', '2064')));
    using database = openDatabase({ home });
    assert.match(database.damaged[0]?.message ?? '', /kev\+kev\.json is damaged/);
  }));

function readSnapshotText(store: Store): string {
  return readFileSync(join(store.directory, 'current', 'kev+kev.json'), 'utf8');
}

test('tables outlive their snapshot by an hour, and killed processes leave nothing for ever', () =>
  withHome(async (_home, store) => {
    const old = store.tablePath((await publishKev(store, ['CVE-2024-1111'])).shards[0]!.digest);
    const longAgo = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000);
    utimesSync(old, longAgo, longAgo);
    await publishKev(store, ['CVE-2024-2222']);
    const left = store.temporaryPath('left');
    writeFileSync(left, 'x');
    await store.collectGarbage();
    assert.ok(existsSync(old) && existsSync(left), 'all is kept for a while');
    await store.collectGarbage(new Date(Date.now() + 2 * 60 * 60 * 1000));
    assert.ok(!existsSync(old) && existsSync(left));
    await store.collectGarbage(new Date(Date.now() + 7 * 60 * 60 * 1000));
    assert.ok(!existsSync(left));
    assert.equal(readdirSync(join(store.directory, 'shards')).length, 1, 'what is in use stays');
    await store.collectGarbage(new Date(Date.now() + 7 * 60 * 60 * 1000));
  }));

test('an export arrives whole on another machine, and is the same each time', () =>
  withHome(async (home, store) => {
    await publishKev(store, ['CVE-2024-1111']);
    const file = join(home, 'export.tar');
    await exportDatabase(store, file);
    await exportDatabase(store, `${file}2`);
    assert.deepEqual(readFileSync(file), readFileSync(`${file}2`));
    await withHome(async (otherHome, other) => {
      await importDatabase(other, file);
      assert.deepEqual(other.readSnapshots(), store.readSnapshots());
      writeFileSync(`${file}3`, zstdDecompressSync(readFileSync(file)));
      await importDatabase(other, `${file}3`);
      using database = openDatabase({ home: otherHome });
      assert.equal(database.kev(['CVE-2024-1111']).size, 1);
      assert.deepEqual(readdirSync(join(other.directory, 'tmp')), []);
    });
  }));

test('an export that was cut off or altered at any place changes nothing', () =>
  withHome(async (home, store) => {
    await publishKev(store, ['CVE-2024-1111']);
    const file = join(home, 'export.tar');
    await exportDatabase(store, file);
    const whole = readFileSync(file);
    const before = await publishKev(store, ['CVE-2024-2222']);
    const tables = readdirSync(join(store.directory, 'shards'));
    const variants: Buffer[] = [
      Buffer.alloc(0),
      Buffer.from('<html>'),
      Buffer.alloc(4096),
      Buffer.concat([whole, Buffer.alloc(512)]),
      zstdCompressSync(Buffer.alloc(16 << 20)),
      zstdCompressSync(Buffer.concat([zstdDecompressSync(whole), Buffer.alloc(1)])),
    ];
    for (let length = 0; length < whole.length; length += 97) variants.push(whole.subarray(0, length));
    for (let place = 0; place < whole.length; place += 29) variants.push(changedAt(whole, place));
    for (const variant of variants) {
      writeFileSync(file, variant);
      await assert.rejects(
        importDatabase(store, file),
        isError('data-damaged', /cannot be imported.*Nothing was changed/),
      );
      assert.deepEqual(store.readSnapshots().snapshots, [before]);
      assert.deepEqual(readdirSync(join(store.directory, 'shards')), tables);
      assert.deepEqual(readdirSync(join(store.directory, 'tmp')), []);
    }
    writeFileSync(file, whole);
    await importDatabase(store, file);
    assert.notDeepEqual(store.readSnapshots().snapshots, [before]);
  }));

test('an export whose digests are right and whose tables lie is refused', () =>
  withHome(async (home, store) => {
    const { shards, ...snapshot } = await publishKev(store, ['CVE-2024-1111']);
    const liars: Partial<Snapshot>[] = [
      { shards: [{ ...shards[0]!, advisories: 2 }] },
      { shards: [{ ...shards[0]!, name: 'Debian:11', packages: 1 }] },
      { shards, ledger: shards[0]! },
    ];
    const file = join(home, 'export.tar');
    for (const liar of liars) {
      await store.publish({ ...snapshot, shards, ...liar });
      await exportDatabase(store, file);
      await withHome(async (_other, other) => {
        await assert.rejects(importDatabase(other, file), isError('data-damaged', /Nothing was changed/));
        assert.deepEqual(other.readSnapshots().snapshots, []);
      });
    }
  }));

function changedAt(bytes: Buffer, place: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[place]! ^= 0x20;
  return changed;
}
