import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { openDatabase } from '../advise/database/database.ts';
import { exportDatabase, importDatabase } from '../advise/database/exchange.ts';
import { Store } from '../advise/database/store.ts';

const feeds = resolve(import.meta.dirname, '../../../shared/feeds');
const isThere = existsSync(join(feeds, 'osv/ecosystems.txt'));
if (!isThere) process.stderr.write(`SKIPPED: the tests of real advisory data need the feeds in ${feeds}\n`);
const skip = isThere ? false : 'the real feeds are not there';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-real-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const home = join(folder, 'home');

/** Lines of a feed's list of records. */
function listed(ecosystem: string): number {
  return readFileSync(join(feeds, 'osv', ecosystem, 'modified_id.csv'), 'utf8')
    .trimEnd()
    .split('\n').length;
}

test('all of the real feeds come in, every record counted, in bounded memory', { skip, timeout: 300_000 }, () => {
  const script = `
    const { updateDatabase } = await import(${JSON.stringify(new URL('./update.ts', import.meta.url).href)});
    const outcomes = await updateDatabase({ home: ${JSON.stringify(home)}, from: ${JSON.stringify(feeds)}, variables: {} });
    console.log(JSON.stringify({ kinds: outcomes.map(({ kind }) => kind), peakKiB: process.resourceUsage().maxRSS }));`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(run.status, 0, run.stderr);
  const { kinds, peakKiB } = JSON.parse(run.stdout) as { kinds: string[]; peakKiB: number };
  assert.deepEqual(new Set(kinds), new Set(['updated']));
  // Some 400 MB for the largest ecosystem alone; what is garbage by then is not always collected before the next.
  assert.ok(peakKiB < 512 * 1024, `the peak was ${peakKiB} KiB`);
  const { snapshots } = new Store(home).readSnapshots();
  assert.equal(snapshots.length, 21);
  for (const { feed, name, counts } of snapshots) {
    const refused = counts.refused.reduce((sum, { count }) => sum + count, 0);
    assert.equal(counts.used + counts.withdrawn + refused, counts.records, name);
    if (feed === 'osv') assert.equal(counts.records, listed(name), name);
  }
  const sumOf = (key: 'used' | 'withdrawn') => snapshots.reduce((sum, { counts }) => sum + counts[key], 0);
  assert.deepEqual([sumOf('used'), sumOf('withdrawn')], [83_450 - 40 - 9 + 1404 + 360_142 + 321, 40]);
});

test('real advisories are found as they are written', { skip }, () => {
  using database = openDatabase({ home });
  const [row] = database.open('Debian:4.0')!.affecting(['ndiswrapper']).get('ndiswrapper')!;
  assert.deepEqual(row, {
    advisory: 'DSA-1731-1',
    ecosystem: 'Debian',
    release: '4.0',
    name: 'ndiswrapper',
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.28-1+etch1' }] }],
    versions: [],
    ratings: [],
  });
  assert.deepEqual(database.open('Debian:4.0')!.advisory('DSA-1731-1')?.upstream, [
    'DEBIAN-CVE-2008-4395',
    'CVE-2008-4395',
  ]);
  assert.equal(database.kev(['CVE-2021-44228']).get('CVE-2021-44228')?.dateAdded, '2021-12-10');
  assert.deepEqual(database.supportEnd('debian 11'), {
    eol: '2024-08-14',
    extended: { eol: '2026-08-31', name: 'Debian LTS' },
  });
  assert.ok(database.epss(['CVE-2021-44228']).get('CVE-2021-44228')!.score > 0.9);
  assert.ok(database.open('Ubuntu:Pro:16.04:LTS')!.affecting(['linux']).get('linux')!.length > 100);
});

test('looking up a thousand packages takes little time', { skip }, () => {
  const names = Array.from({ length: 1000 }, (_, n) => (n % 2 === 0 ? `absent-${n}` : `lib${n}`));
  const timings = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    using database = openDatabase({ home });
    database.open('Debian:11')!.affecting([...names, 'openssl', 'curl', 'linux', 'glibc']);
    return performance.now() - start;
  });
  assert.ok(Math.min(...timings) < 50, `took ${timings.map((ms) => ms.toFixed(1)).join(', ')} ms`);
});

test('all of it is carried to another machine', { skip, timeout: 120_000 }, async () => {
  const file = join(folder, 'all.tar');
  await exportDatabase(new Store(home), file);
  const other = new Store(join(folder, 'other'));
  await importDatabase(other, file);
  assert.deepEqual(other.readSnapshots(), new Store(home).readSnapshots());
});
