import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { epssScores, kevCatalogue, osvExport, osvRecord, writeFiles } from '../../../test/feeds/sample-feed.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-db-'));
after(() => rmSync(folder, { recursive: true }));

const feeds = join(folder, 'feeds');
const bash = osvRecord('DSA-1-1', { 'Debian:11/bash': '5.1', 'Debian:12/bash': '5.2' });
writeFiles(feeds, {
  'osv/Debian/all.zip': osvExport([bash, { ...bash, id: 'DSA-2-1', affected: [] }]),
  'osv/npm/all.zip': osvExport([osvRecord('GHSA-1', { 'npm/tar': '1.0.0' })]),
  'kev/known_exploited_vulnerabilities.json': kevCatalogue(['CVE-2024-1111']),
  'epss/epss_scores-current.csv.gz': epssScores({ 'CVE-2024-1111': '0.5,0.9' }),
});

/** Runs `plimsoll db …` in a process of its own. */
function db(home: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const script = `
    import { buildApplication, run } from '@stricli/core';
    import { dbRoutes } from ${JSON.stringify(new URL('./db.ts', import.meta.url).href)};
    const options = { name: 'plimsoll db', scanner: { caseStyle: 'allow-kebab-for-camel' }, documentation: { caseStyle: 'convert-camel-to-kebab' } };
    await run(buildApplication(dbRoutes, options), process.argv.slice(1), { process });`;
  const env = { ...process.env, PLIMSOLL_HOME: join(folder, home), FORCE_COLOR: undefined, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, '--', ...args], {
    encoding: 'utf8',
    env,
    cwd: import.meta.dirname,
  });
  return { status, stdout, stderr };
}

test('help teaches with examples', () => {
  const { stdout } = db('help', 'update', '--help');
  assert.match(stdout, /plimsoll db update --from \/mnt\/feeds/);
  assert.match(stdout, /Exit status: 0 when all is up to date, 2 /);
});

test('data comes in, is shown, goes out, and comes in elsewhere', () => {
  const updated = db('one', 'update', '--from', feeds);
  assert.equal(updated.status, 0, updated.stderr);
  assert.match(
    updated.stdout,
    /^Debian +updated, as of 2024-05-01: 2 records: 1 used, 1 refused \(no affected package 1\)$/m,
  );
  assert.match(updated.stdout, /^kev +updated, as of 2024-02-03: 1 record: 1 used$/m);
  const status = db('one', 'status', '--refused');
  assert.match(status.stdout, /^Debian:11 +1 +1 {2}2024-05-01 {2}0 min ago/m);
  assert.match(status.stdout, /Not used of Debian:\n {2}no affected package \(1\):\n {4}DSA-2-1\n/);
  const file = join(folder, 'all.tar');
  assert.match(db('one', 'export', file).stdout, /all\.tar: 4 ecosystems and feeds, \d+ bytes/);
  const imported = db('two', 'import', file);
  assert.match(imported.stdout, /^npm +imported, as of 2024-05-01: 1 record: 1 used$/m);
  const [one, two] = ['one', 'two'].map((home) => JSON.parse(db(home, 'status', '-o', 'json').stdout));
  assert.deepEqual(two.sources, one.sources);
  assert.equal(one.schemaVersion, 1);
  assert.match(db('one', 'update', '--from', feeds).stdout, /^Debian +unchanged: 2 records/m);
});

test('what is wrong is told on stderr with status 2', () => {
  const listing = db('three', 'status');
  assert.deepEqual([listing.status, listing.stderr], [0, '']);
  assert.match(listing.stdout, /no advisory data.*\nFetch some: plimsoll db update/);
  const file = join(folder, 'bad.tar');
  writeFileSync(file, 'no archive');
  const cases: [args: string[], message: RegExp][] = [
    [['update', '--from', feeds, 'Debain'], /no data for Debain.*There is: Debian, npm/],
    [['update', '--from', join(folder, 'absent')], /no such directory/],
    [['update', '--offline'], /--offline forbids to fetch.*--from DIRECTORY/],
    [['export', join(folder, 'x.tar')], /no advisory data.*plimsoll db update/],
    [['import', file], /bad\.tar cannot be imported: it ends too early\. Nothing was changed/],
    [['import', join(folder, 'absent')], /Cannot read .*absent/],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = db('three', ...args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test('one feed that fails is told, and the rest is taken', () => {
  const partly = join(folder, 'partly');
  writeFiles(partly, {
    'osv/Debian/all.zip': '<html>',
    'osv/npm/all.zip': readFileSync(join(feeds, 'osv/npm/all.zip')),
  });
  const { status, stdout, stderr } = db('four', 'update', '--from', partly, '--quiet');
  assert.deepEqual([status, stdout], [2, '']);
  assert.match(stderr, /Debian +failed: .*is a web page/);
  assert.match(db('four', 'status').stdout, /^npm +1/m);
});

test('a damaged file of the database is told, with status 2', () => {
  db('five', 'update', '--from', feeds, 'npm');
  writeFileSync(join(folder, 'five', 'db', 'current', 'osv+npm.json'), '');
  const { status, stdout } = db('five', 'status');
  assert.equal(status, 2);
  assert.match(stdout, /Damaged: .*osv\+npm\.json is damaged\. Fetch its data again: plimsoll db update/);
});
