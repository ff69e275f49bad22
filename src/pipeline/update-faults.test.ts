import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { osvExport, osvRecord, writeFiles } from '../../test/feeds/sample-feed.ts';
import { openDatabase } from '../advise/database/database.ts';
import { Store } from '../advise/database/store.ts';
import { updateDatabase } from './update.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-faults-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A feed whose every advisory says which version of the feed it is of. */
function writeFeed(name: string, version: string, count: number): string {
  const more = () => ({ summary: randomBytes(100).toString('base64') });
  const records = Array.from({ length: count }, (_, n) =>
    osvRecord(`DSA-${n}-1`, { 'Debian:12/p': version, [`Debian:11/q${n}`]: version }, more()),
  );
  writeFiles(join(folder, name), { 'Debian/all.zip': osvExport(records) });
  return join(folder, name);
}

/** Starts a process that updates again and again from each of the directories in turn, and ends if one fails. */
function startUpdates(
  home: string,
  froms: readonly string[],
  rounds: number,
  prefix: readonly string[] = [],
): ChildProcess {
  const module = new URL('./update.ts', import.meta.url).href;
  const script = `
    const { updateDatabase } = await import(${JSON.stringify(module)});
    const froms = ${JSON.stringify(froms)};
    for (let n = 0; n < ${rounds}; n++) {
      const outcomes = await updateDatabase({ home: ${JSON.stringify(home)}, from: froms[n % froms.length], variables: {} });
      for (const { error } of outcomes) if (error) { console.log(error.code, error.message); process.exit(2); }
    }`;
  const [command, ...args] = [...prefix, process.execPath, '--input-type=module', '-e', script];
  return spawn(command!, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function endOf(child: ChildProcess): Promise<{ status: number | null; output: string }> {
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, output };
}

/** Every version that is found in the database: one, if it is whole. */
function versionsIn(home: string): Set<string> {
  using database = openDatabase({ home });
  assert.deepEqual(database.damaged, []);
  const versions = new Set<string>();
  for (const { name } of database.shards())
    for (const item of database.open(name)!.contents())
      if (item.kind === 'row') for (const { events } of item.ranges) versions.add(JSON.stringify(events[1]));
  return versions;
}

test('updates and readers at once see old or new, never a mixture', async () => {
  const home = join(folder, 'at-once');
  const froms = [writeFeed('a', '1', 300), writeFeed('b', '2', 300)];
  const children = [startUpdates(home, froms, 8), startUpdates(home, froms.toReversed(), 8)];
  const ends = Promise.all(children.map(endOf));
  let isDone = false;
  ends.finally(() => {
    isDone = true;
  });
  let seen = 0;
  while (!isDone) {
    const versions = versionsIn(home);
    assert.ok(versions.size <= 1, [...versions].join());
    seen += versions.size;
    await sleep(5);
  }
  for (const { status, output } of await ends) assert.equal(status, 0, output);
  assert.ok(seen > 5, 'readers saw data');
  assert.equal(versionsIn(home).size, 1);
  assert.deepEqual(readdirSync(join(home, 'db', 'tmp')), []);
});

test('an update that is killed at any moment leaves old or new', async () => {
  const home = join(folder, 'killed');
  const froms = [writeFeed('c', '1', 1000), writeFeed('d', '2', 1000)];
  await updateDatabase({ home, from: froms[0]!, variables: {} });
  for (let round = 0; round < 12; round++) {
    const child = startUpdates(home, froms.toReversed(), 1000);
    const end = endOf(child);
    await sleep(150 + round * 40);
    child.kill('SIGKILL');
    await end;
    assert.equal(versionsIn(home).size, 1, `round ${round}`);
  }
  await updateDatabase({ home, from: froms[1]!, variables: {} });
  assert.deepEqual([...versionsIn(home)], ['{"fixed":"2"}']);
});

test('a disk that takes no more is told, and what was here stays', { skip: process.platform === 'win32' }, async () => {
  const home = join(folder, 'full');
  await updateDatabase({ home, from: writeFeed('small', '1', 10), variables: {} });
  const from = writeFeed('large', '2', 5000);
  // The shell's limit on the size of files stands in for a full disk: the system refuses the write in the same way.
  const child = startUpdates(home, [from], 1, ['sh', '-c', 'ulimit -f 64; trap "" XFSZ; exec "$@"', 'sh']);
  const { status, output } = await endOf(child);
  assert.equal(status, 2, output);
  assert.match(output, /^storage Cannot write .*Free some space there, or set PLIMSOLL_HOME/);
  assert.deepEqual([...versionsIn(home)], ['{"fixed":"1"}']);
  assert.deepEqual(readdirSync(join(home, 'db', 'tmp')), []);
  assert.ok(new Store(home).readSnapshots().snapshots[0]);
});
