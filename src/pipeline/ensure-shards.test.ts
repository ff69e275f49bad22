import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type FeedServer, startFeedServer } from '../../test/feeds/feed-server.ts';
import { epssScores, kevCatalogue, osvExport, osvRecord } from '../../test/feeds/sample-feed.ts';
import { openDatabase } from '../advise/database/database.ts';
import { PlimsollError } from '../base/errors.ts';
import { type EnsureOptions, ensureShards } from './ensure-shards.ts';

const dayMs = 24 * 60 * 60 * 1000;

async function withServer(work: (server: FeedServer, home: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'plimsoll-ensure-'));
  await using server = await startFeedServer({
    'Debian/all.zip': osvExport([osvRecord('DSA-1-1', { 'Debian:11/a': '1', 'Debian:12/a': '1' })]),
    'npm/all.zip': osvExport([osvRecord('GHSA-1', { 'npm/a': '1' })]),
    'kev.json': kevCatalogue(['CVE-2024-1111']),
    'epss.csv.gz': epssScores({ 'CVE-2024-1111': '0.5,0.9' }),
  });
  try {
    await work(server, home);
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Runs it against the server and answers the notes. */
async function ensure(names: string[], { url }: FeedServer, home: string, more: EnsureOptions = {}): Promise<string[]> {
  const notes: string[] = [];
  const variables = {
    PLIMSOLL_FEED_OSV: `${url}/`,
    PLIMSOLL_FEED_KEV: `${url}/kev.json`,
    PLIMSOLL_FEED_EPSS: `${url}/epss.csv.gz`,
  };
  const progress = { report: () => {}, note: (text: string) => notes.push(text) };
  await ensureShards(names, { home, variables, progress, ...more });
  return notes;
}

function shardsIn(home: string): string[] {
  using database = openDatabase({ home });
  return database.shards().map(({ name }) => name);
}

test('just what is needed and not here is fetched, once a day', () =>
  withServer(async (server, home) => {
    const names = ['Debian:11', 'Debian:12', 'kev', 'epss'];
    assert.deepEqual(await ensure(names, server, home), []);
    assert.deepEqual(shardsIn(home), ['epss', 'kev', 'Debian:11', 'Debian:12']);
    server.log.length = 0;
    await ensure(names, server, home);
    assert.deepEqual(server.log, [], 'fresh data is not asked for');
    await ensure(['Debian:11'], server, home, { now: new Date(Date.now() + 2 * dayMs) });
    assert.deepEqual(server.log, ['404 Debian/modified_id.csv', '304 Debian/all.zip']);
  }));

test('offline, nothing is fetched, and what is missing or old is told', () =>
  withServer(async (server, home) => {
    const offline = { offline: true };
    assert.match((await ensure(['npm'], server, home, offline))[0]!, /no data for npm here, and --offline/);
    assert.deepEqual(server.log, []);
    await ensure(['npm'], server, home);
    assert.deepEqual(await ensure(['npm'], server, home, offline), []);
    const later = { offline: true, now: new Date(Date.now() + 5 * dayMs) };
    assert.match(
      (await ensure(['npm'], server, home, later))[0]!,
      /npm was fetched 5 days ago .*2024-05-01.*--offline/,
    );
  }));

test('what cannot be renewed is used, and told how old; what was never here is told', () =>
  withServer(async (server, home) => {
    await ensure(['npm'], server, home);
    server.files.set('npm/all.zip', '<html>');
    const [note] = await ensure(['npm'], server, home, { now: new Date(Date.now() + 3 * dayMs) });
    assert.match(note!, /npm was fetched 3 days ago .*could not be renewed: .*web page/);
    assert.deepEqual(shardsIn(home), ['npm']);
    assert.match((await ensure(['PyPI'], server, home))[0]!, /no data for PyPI: There is no http/);
  }));

test('a damaged snapshot is told and fetched again', () =>
  withServer(async (server, home) => {
    await ensure(['npm'], server, home);
    writeFileSync(join(home, 'db', 'current', 'osv+npm.json'), '{');
    assert.match((await ensure(['npm'], server, home))[0]!, /is damaged/);
    assert.deepEqual(shardsIn(home), ['npm']);
  }));

test('damaged data that cannot be replaced is an error, not missing data', () =>
  withServer(async (server, home) => {
    await ensure(['npm'], server, home);
    writeFileSync(join(home, 'db', 'current', 'osv+npm.json'), '{');
    await assert.rejects(ensure(['npm'], server, home, { offline: true }), { code: 'data-damaged' });
    server.files.delete('npm/all.zip');
    await assert.rejects(ensure(['npm'], server, home), { code: 'data-damaged', message: /osv\+npm\.json is damaged/ });
  }));

test('a source without a usable record is refused', () =>
  withServer(async (server, home) => {
    server.files.set('npm/all.zip', osvExport([{ id: 'GHSA-2', modified: 'never' }]));
    assert.match((await ensure(['npm'], server, home))[0]!, /No record of .*npm.* can be used.*Check the address/);
    assert.deepEqual(shardsIn(home), []);
  }));

test('a cancelled scan stops here', () =>
  withServer(async (server, home) => {
    const signal = AbortSignal.abort(new PlimsollError('cancelled', 'Cancelled.'));
    await assert.rejects(
      ensure(['npm'], server, home, { signal }),
      (error: PlimsollError) => error.code === 'cancelled',
    );
  }));
