import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startFeedServer } from '../../test/feeds/feed-server.ts';
import {
  epssScores,
  kevCatalogue,
  osvExport,
  osvModifiedList,
  osvRecord,
  supportCycles,
  writeFiles,
} from '../../test/feeds/sample-feed.ts';
import { writeZip } from '../../test/feeds/write-zip.ts';
import { openDatabase } from '../advise/database/database.ts';
import { Ledger } from '../advise/database/ledger.ts';
import { Store } from '../advise/database/store.ts';
import { PlimsollError } from '../base/errors.ts';
import { type UpdateOptions, type UpdateOutcome, updateDatabase } from './update.ts';

interface Places {
  readonly home: string;
  readonly feeds: string;
}

async function withPlaces(work: (places: Places) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-update-'));
  try {
    await work({ home: join(folder, 'home'), feeds: join(folder, 'feeds') });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const bash = osvRecord('DSA-1-1', { 'Debian:11/bash': '5.1', 'Debian:12/bash': '5.2' });
const curl = osvRecord('DSA-2-1', { 'Debian:12/curl': '7.1' }, { modified: '2024-06-01T10:00:00Z' });
const many = (count: number) =>
  Array.from({ length: count }, (_, n) => osvRecord(`DSA-${n}-1`, { 'Debian:12/p': '1' }));

/** The whole of a small feed below a directory. */
function writeSample(directory: string): void {
  writeFiles(directory, {
    'osv/ecosystems.txt': 'Debian\nDebian:12\nnpm\n[EMPTY]\n',
    'osv/Debian/all.zip': osvExport([bash, curl]),
    'osv/npm/all.zip': osvExport([osvRecord('GHSA-1', { 'npm/tar': '1.0.0', 'Maven/x': '1' })]),
    'kev/known_exploited_vulnerabilities.json': kevCatalogue(['CVE-2024-1111']),
    'epss/epss_scores-current.csv.gz': epssScores({ 'CVE-2024-1111': '0.5,0.9' }),
    'eol/api/v1/products/full.json': supportCycles({ 'debian 12': ['2026-07-11'] }),
  });
}

async function update(home: string, from: string, more: Partial<UpdateOptions> = {}): Promise<Record<string, string>> {
  return toKinds(await updateDatabase({ home, from, variables: {}, ...more }));
}

function toKinds(outcomes: readonly UpdateOutcome[]): Record<string, string> {
  return Object.fromEntries(
    outcomes.map((outcome) => [outcome.name, outcome.kind === 'failed' ? outcome.error.message : outcome.kind]),
  );
}

/** `Debian:12 bash DSA-1-1` for all that is in the shards. */
function contentsOf(home: string): string[] {
  using database = openDatabase({ home });
  return database
    .shards()
    .filter(({ packages }) => packages > 0)
    .flatMap(({ name }) =>
      [...database.open(name)!.contents()].flatMap((item) =>
        item.kind === 'row' ? [`${name} ${item.name} ${item.advisory}`] : [],
      ),
    );
}

test('a directory is taken over whole, and is unchanged the second time', () =>
  withPlaces(async ({ home, feeds }) => {
    writeSample(feeds);
    assert.deepEqual(await update(home, feeds), {
      Debian: 'updated',
      npm: 'updated',
      kev: 'updated',
      epss: 'updated',
      eol: 'updated',
    });
    assert.deepEqual(contentsOf(home), [
      'Debian:11 bash DSA-1-1',
      'Debian:12 bash DSA-1-1',
      'Debian:12 curl DSA-2-1',
      'npm tar GHSA-1',
    ]);
    using database = openDatabase({ home });
    assert.deepEqual(database.kev(['CVE-2024-1111']).get('CVE-2024-1111'), {
      dateAdded: '2024-01-02',
      dueDate: '2024-01-23',
      ransomware: true,
    });
    assert.deepEqual(database.epss(['CVE-2024-1111']).get('CVE-2024-1111'), { score: 0.5, percentile: 0.9 });
    assert.deepEqual(database.supportEnd('debian 12'), { eol: '2026-07-11' });
    assert.equal(database.supportEnd('debian 11'), undefined);
    const dates = database.shards().map(({ name, asOf }) => `${name} ${asOf.slice(0, 10)}`);
    assert.deepEqual(dates, [
      'eol 2024-04-05',
      'epss 2024-06-07',
      'kev 2024-02-03',
      'Debian:11 2024-06-01',
      'Debian:12 2024-06-01',
      'npm 2024-05-01',
    ]);
    assert.deepEqual(await update(home, feeds), {
      Debian: 'unchanged',
      npm: 'unchanged',
      kev: 'unchanged',
      epss: 'unchanged',
      eol: 'unchanged',
    });
    assert.deepEqual(readdirSync(join(home, 'db', 'tmp')), []);
  }));

test('a base that holds the ecosystems directly will do, without a list and without other feeds', () =>
  withPlaces(async ({ home, feeds }) => {
    writeFiles(feeds, { 'npm/all.zip': osvExport([osvRecord('GHSA-1', { 'npm/tar': '1.0.0' })]), 'npm/readme': '' });
    assert.deepEqual(await update(home, feeds), { npm: 'updated' });
  }));

test('names choose, in any case and with a release; others are told with what there is', () =>
  withPlaces(async ({ home, feeds }) => {
    writeSample(feeds);
    assert.deepEqual(await update(home, feeds, { names: ['DEBIAN:12', 'Kev'] }), { Debian: 'updated', kev: 'updated' });
    await assert.rejects(
      update(home, feeds, { names: ['Debain'] }),
      (error: PlimsollError) =>
        error.code === 'usage' && /no data for Debain.*There is: Debian, npm/.test(error.message),
    );
  }));

test('a base that is absent, a file, or empty', () =>
  withPlaces(async ({ home, feeds }) => {
    const expectError = (code: string, message: RegExp) =>
      assert.rejects(update(home, feeds), (error: PlimsollError) => error.code === code && message.test(error.message));
    await expectError('usage', /no such directory/);
    writeFileSync(feeds, '');
    await expectError('usage', /plimsoll db import/);
    rmSync(feeds);
    writeFiles(feeds, { readme: '' });
    await expectError('not-found', /no advisory data below .*osv\/<Ecosystem>\/all\.zip/);
  }));

test('every record is counted, and what is not used is named', () =>
  withPlaces(async ({ home, feeds }) => {
    const zip = writeZip([
      { name: 'DSA-1-1.json', content: JSON.stringify(bash) },
      { name: 'DSA-2-1.json', content: JSON.stringify({ ...curl, withdrawn: '2024-06-02T00:00:00Z' }) },
      { name: 'DSA-3-1.json', content: JSON.stringify({ ...bash, id: 'DSA-3-1', affected: [] }) },
      { name: 'DSA-1-1-again.json', content: JSON.stringify(bash) },
      { name: 'DSA-4-1.json', content: '{"id":' },
      { name: 'DSA-5-1.json', content: JSON.stringify(bash), crc32: 1 },
      { name: 'DSA-6-1.json', content: Buffer.alloc(33 * 1024 * 1024, 0x20) },
      { name: 'MAL-1.json', content: JSON.stringify(osvRecord('MAL-1', { 'npm/x': '1' })) },
      { name: 'DSA-7-1.json', content: JSON.stringify({ ...bash, id: 'DSA-7-1', modified: '2999-01-01T00:00:00Z' }) },
      { name: 'folder/', content: '' },
    ]);
    writeFiles(feeds, { 'Debian/all.zip': zip });
    await update(home, feeds);
    const store = new Store(home);
    const { counts, ledger, asOf } = store.readSnapshots().snapshots[0]!;
    assert.deepEqual([counts.records, counts.used, counts.withdrawn], [9, 2, 1]);
    assert.equal(
      counts.refused.reduce((sum, { count }) => sum + count, counts.used + counts.withdrawn),
      counts.records,
    );
    // A date of the future does not make the data look fresh.
    assert.equal(asOf, '2024-06-01T10:00:00.000Z');
    using opened = Ledger.open(store.tablePath(ledger!.digest));
    assert.deepEqual(
      [...opened.entries()].map(({ record, outcome }) => `${record}: ${outcome}`),
      [
        'DSA-1-1: used',
        'DSA-1-1: duplicate id',
        'DSA-2-1: withdrawn',
        'DSA-3-1: no affected package',
        'DSA-4-1: not JSON',
        'DSA-5-1: damaged',
        'DSA-6-1: too large',
        'DSA-7-1: used',
        'MAL-1: other ecosystem',
      ],
    );
  }));

const whole = osvExport([bash, curl]);
const broken: [what: string, bytes: Uint8Array | string, message: RegExp][] = [
  ['an empty file', '', /is empty/],
  ['a web page', '<!DOCTYPE html><html>Log in</html>', /is a web page/],
  ['half a zip', whole.subarray(0, whole.length / 2), /cut off/],
  ['a zip without its last byte', whole.subarray(0, -1), /cut off/],
  ['text', 'x'.repeat(100_000), /cut off/],
  ['a zip without records', writeZip([]), /holds no records/],
  ['a feed that lost most of its records', osvExport([bash]), /less than half of the 40 .*--accept-shrink "Debian"/],
];

test('what is no good data leaves what was here, and does not stop the rest', async () => {
  for (const [what, bytes, message] of broken)
    await withPlaces(async ({ home, feeds }) => {
      writeSample(feeds);
      writeFiles(feeds, { 'osv/Debian/all.zip': osvExport(many(40)) });
      await update(home, feeds, { names: ['Debian'] });
      const before = contentsOf(home);
      writeFiles(feeds, { 'osv/Debian/all.zip': bytes });
      const outcomes = await update(home, feeds, { names: ['Debian', 'npm'] });
      assert.match(outcomes.Debian!, message, what);
      assert.equal(outcomes.npm, 'updated', what);
      assert.deepEqual(
        contentsOf(home).filter((line) => line.startsWith('Debian')),
        before,
        what,
      );
    });
});

test('a feed that shrinks is taken where that is asked for', () =>
  withPlaces(async ({ home, feeds }) => {
    writeFiles(feeds, { 'Debian/all.zip': osvExport(many(40)) });
    await update(home, feeds);
    writeFiles(feeds, { 'Debian/all.zip': osvExport([bash]) });
    assert.deepEqual(await update(home, feeds, { acceptShrink: true }), { Debian: 'updated' });
    assert.deepEqual(contentsOf(home), ['Debian:11 bash DSA-1-1', 'Debian:12 bash DSA-1-1']);
  }));

test('a feed that says of no record which versions are affected is a feed', () =>
  withPlaces(async ({ home, feeds }) => {
    const affected = [{ package: { ecosystem: 'Debian:11', name: 'bash' }, ranges: [{ type: 'GIT', events: [] }] }];
    writeFiles(feeds, { 'Debian/all.zip': osvExport([{ ...bash, affected }]) });
    assert.deepEqual(await update(home, feeds), { Debian: 'updated' });
    assert.deepEqual(contentsOf(home), []);
  }));

test('damaged data here is fetched again though the source has not changed', () =>
  withPlaces(async ({ home, feeds }) => {
    writeSample(feeds);
    await update(home, feeds);
    const before = contentsOf(home);
    const store = new Store(home);
    const { shards } = store.readSnapshot({ feed: 'osv', name: 'Debian' })!;
    writeFileSync(store.tablePath(shards[0]!.digest), 'damaged');
    writeFileSync(join(home, 'db', 'current', 'osv+npm.json'), '{');
    assert.deepEqual(await update(home, feeds, { names: ['Debian', 'npm'] }), { Debian: 'updated', npm: 'updated' });
    assert.deepEqual(contentsOf(home), before);
  }));

test('from a server, only what has changed is fetched', () =>
  withPlaces(async ({ home }) => {
    await using server = await startFeedServer();
    const serve = (records: readonly object[]) => {
      server.files.set('osv/Debian/all.zip', osvExport(records));
      server.files.set('osv/Debian/modified_id.csv', osvModifiedList(records));
      for (const record of records)
        server.files.set(`osv/Debian/${(record as { id: string }).id}.json`, JSON.stringify(record));
      server.log.length = 0;
    };
    server.files.set('osv/ecosystems.txt', 'Debian\n');
    serve([bash, curl, ...many(20).slice(3)]);
    const names = ['debian'];
    assert.deepEqual(await update(home, server.url, { names }), { Debian: 'updated' });
    server.log.length = 0;
    assert.deepEqual(await update(home, server.url, { names }), { Debian: 'unchanged' });
    assert.deepEqual(server.log, ['200 osv/ecosystems.txt', '304 osv/Debian/modified_id.csv']);

    const bashAgain = osvRecord('DSA-1-1', { 'Debian:12/bash': '5.3' }, { modified: '2024-07-01T00:00:00Z' });
    const wget = osvRecord('DSA-99-1', { 'Debian:13/wget': '1' });
    serve([bashAgain, wget, ...many(20).slice(3)]);
    const tables = () => new Store(home).readSnapshots().snapshots[0]!;
    const before = tables();
    assert.deepEqual(await update(home, server.url, { names }), { Debian: 'changed' });
    assert.deepEqual(server.log.toSorted(), [
      '200 osv/Debian/DSA-1-1.json',
      '200 osv/Debian/DSA-99-1.json',
      '200 osv/Debian/modified_id.csv',
      '200 osv/ecosystems.txt',
    ]);
    const after = tables();
    assert.deepEqual([before.counts.used, after.counts.used, after.asOf], [19, 19, '2024-07-01T00:00:00.000Z']);
    assert.deepEqual(
      after.shards.map(({ name }) => name),
      ['Debian:12', 'Debian:13'],
    );

    // The same by the whole export, into an empty database: the same tables.
    await withPlaces(async ({ home: other }) => {
      await update(other, server.url, { names });
      assert.deepEqual(new Store(other).readSnapshots().snapshots[0]!.shards, after.shards);
      assert.deepEqual(new Store(other).readSnapshots().snapshots[0]!.ledger, after.ledger);
      assert.deepEqual(new Store(other).readSnapshots().snapshots[0]!.counts, after.counts);
    });

    // A list that is cut off or lost most of its lines decides nothing.
    server.files.set('osv/Debian/modified_id.csv', '2024-07-01T00:00:00Z,DSA-1-1\n2024-');
    assert.deepEqual(await update(home, server.url, { names }), { Debian: 'updated' });
    server.files.set('osv/Debian/modified_id.csv', '2024-07-01T00:00:00Z,DSA-1-1\n');
    assert.deepEqual(await update(home, server.url, { names }), { Debian: 'unchanged' });
    assert.equal(tables().counts.used, 19);
  }));

test('a record that the list names and the server lacks sends us to the whole export', () =>
  withPlaces(async ({ home }) => {
    await using server = await startFeedServer({ 'ecosystems.txt': 'Debian\n' });
    server.files.set('Debian/all.zip', osvExport([bash]));
    server.files.set('Debian/modified_id.csv', osvModifiedList([bash]));
    await update(home, server.url, { names: ['Debian'] });
    server.files.set('Debian/all.zip', osvExport([bash, curl]));
    server.files.set('Debian/modified_id.csv', osvModifiedList([bash, curl]));
    assert.deepEqual(await update(home, server.url, { names: ['Debian'] }), { Debian: 'updated' });
    assert.equal(contentsOf(home).length, 3);
  }));

test('a server that fails or breaks off is told, and a cancelled update stops', () =>
  withPlaces(async ({ home, feeds }) => {
    await using server = await startFeedServer({ 'osv/ecosystems.txt': 'Debian\n' });
    const outcomes = await update(home, server.url, { names: ['Debian', 'kev'] });
    assert.match(outcomes.Debian!, /There is no http:.*Debian\/all\.zip/);
    assert.match(outcomes.kev!, /There is no http:.*known_exploited/);
    writeSample(feeds);
    const signal = AbortSignal.abort(new PlimsollError('cancelled', 'Cancelled.'));
    await assert.rejects(update(home, feeds, { signal }), (error: PlimsollError) => error.code === 'cancelled');
    assert.deepEqual(contentsOf(home), []);
  }));
