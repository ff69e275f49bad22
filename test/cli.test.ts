// The command line itself: help, data with and without a network, and runs that are cut short.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Store } from '../src/advise/database/store.ts';
import { type FeedServer, startFeedServer } from './feeds/feed-server.ts';
import { writeFiles } from './feeds/sample-feed.ts';
import { buildImage, writeOciDir } from './images/build-image.ts';
import { contentsOf, startFakeRegistry } from './registry/fake-registry.ts';
import { endOf, type RunOptions, runPlimsoll, startPlimsoll } from './run-plimsoll.ts';
import { feedVariables, npmLibrary, sampleFeeds, sampleMembers } from './sample-scan.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-cli-'));
after(() => rmSync(folder, { recursive: true }));
const sample = buildImage([{ members: sampleMembers }]);
const image = writeOciDir(sample, join(folder, 'image'));
/** Its documents are larger than any pipe. */
const large = writeOciDir(
  buildImage([{ members: Array.from({ length: 2000 }, (_, index) => npmLibrary(`left-sail-${index}`, '1.0.0')) }]),
  join(folder, 'large'),
);
let server: FeedServer;
before(async () => {
  server = await startFeedServer({ ...sampleFeeds });
});
after(() => server?.[Symbol.asyncDispose]());

/** An empty home of its own. */
function newHome(name: string): string {
  const home = join(folder, name);
  mkdirSync(home);
  return home;
}

/** A home with the sample's data, fetched that many days ago. */
async function homeWithData(name: string, days = 0): Promise<string> {
  const home = newHome(name);
  const feeds = join(folder, `${name}-feeds`);
  writeFiles(feeds, sampleFeeds);
  const { status, stderr } = await runPlimsoll(['db', 'update', '--from', feeds], { home });
  assert.equal(status, 0, stderr);
  const store = new Store(home);
  const fetched = new Date(Date.now() - days * 24 * 60 * 60 * 1000).toISOString();
  for (const snapshot of store.readSnapshots().snapshots) await store.publish({ ...snapshot, fetched });
  return home;
}

/** Runs with the feeds of the loopback server, whose log is emptied first. */
function runWithServer(args: readonly string[], { home }: Pick<RunOptions, 'home'>) {
  server.log.length = 0;
  return runPlimsoll(args, { home, env: feedVariables(server.url) });
}

test('every command has help with examples', async () => {
  const home = newHome('help');
  for (const command of ['scan', 'sbom', 'db', 'db update', 'db status', 'db export', 'db import']) {
    const { status, stdout, stderr } = await runPlimsoll([...command.split(' '), '--help'], { home });
    assert.deepEqual([status, stderr], [0, ''], command);
    assert.match(stdout, /Examples?:\n/, command);
    assert.match(stdout, new RegExp(`\\n +plimsoll ${command} .*\\S`), command);
  }
});

test('no arguments are a question for help, and --version is one line', async () => {
  const home = newHome('top');
  const [bare, help, version] = await Promise.all(
    [[], ['--help'], ['--version']].map((args) => runPlimsoll(args, { home })),
  );
  assert.deepEqual(bare, help);
  assert.equal(bare!.status, 0);
  assert.match(bare!.stdout, /plimsoll scan dir:\/ /);
  assert.deepEqual([version!.status, version!.stderr], [0, '']);
  assert.match(version!.stdout, /^\d+\.\d+\.\d+\n$/);
  for (const [words, flags] of [
    ['help', '--help'],
    ['help db update', 'db update --help'],
    ['version', '--version'],
  ] as const) {
    const [word, flag] = await Promise.all([words, flags].map((line) => runPlimsoll(line.split(' '), { home })));
    assert.deepEqual(word, flag, words);
  }
  assert.match((await runPlimsoll(['help', 'scan'], { home })).stdout, /\[--no-cache\]/);
  assert.deepEqual(readdirSync(home), []);
});

test('a command that is not there is 2, with what may be meant', async () => {
  const home = newHome('unknown');
  for (const [args, message] of [
    [['scna'], /"scna".*`scan`/],
    [['db', 'upgrade'], /"upgrade".*`update`/],
    [['scan'], /reference/],
  ] as const) {
    const { status, stdout, stderr } = await runPlimsoll(args, { home });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, message);
  }
});

test('online, just the data of the image is fetched, and once', async () => {
  const home = newHome('online');
  const first = await runWithServer(['scan', image], { home });
  assert.deepEqual([first.status, first.stderr], [0, '']);
  assert.match(first.stdout, /CVE-2024-1111/);
  const asked = new Set(server.log.map((line) => line.slice(4).replace(/\/[^/]*$/, '')));
  assert.deepEqual([...asked].sort(), ['eol/api/v1/products', 'epss', 'kev', 'osv/Debian', 'osv/npm']);
  const second = await runWithServer(['scan', image], { home });
  assert.deepEqual([second.stdout, server.log.length], [first.stdout, 0]);
});

test('online, data of yesterday is asked for again', async () => {
  const home = newHome('again');
  await runWithServer(['scan', image], { home });
  const store = new Store(home);
  for (const snapshot of store.readSnapshots().snapshots)
    await store.publish({ ...snapshot, fetched: new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString() });
  const { status } = await runWithServer(['scan', image], { home });
  assert.equal(status, 0);
  assert.ok(server.log.length > 0);
  assert.ok(
    server.log.every((line) => !line.startsWith('200')),
    server.log.join(', '),
  );
});

test('online without an answer, old data is used and its age told', async () => {
  const home = await homeWithData('unanswered', 3);
  const { status, stdout, stderr } = await runPlimsoll(['scan', image], {
    home,
    env: feedVariables('http://127.0.0.1:1'),
  });
  assert.equal(status, 0);
  assert.match(stdout, /CVE-2024-1111/);
  assert.match(stderr, /^The data for npm was fetched 3 days ago .*could not be renewed: /m);
});

test('--offline without data touches no network, and says what was not compared', async () => {
  const home = newHome('nothing');
  const { status, stdout, stderr } = await runWithServer(['scan', image, '--offline'], { home });
  assert.equal(status, 0);
  assert.match(stdout, /NOTHING WAS COMPARED.*plimsoll db update/);
  assert.match(stdout, /3 packages were compared with nothing/);
  assert.match(stderr, /^There is no data for Debian here, and --offline forbids to fetch it\.$/m);
  const required = await runWithServer(['scan', image, '--offline', '--require-data'], { home });
  assert.equal(required.status, 2);
  assert.deepEqual(server.log, []);
});

test('--offline with old data touches no network, and says how old it is', async () => {
  const home = await homeWithData('old', 40);
  const { status, stdout, stderr } = await runWithServer(['scan', image, '--offline', '--require-data'], { home });
  assert.equal(status, 0);
  assert.match(stdout, /CVE-2024-1111/);
  assert.match(stderr, /^The data for npm was fetched 40 days ago .*; --offline forbids to ask for newer\.$/m);
  assert.deepEqual(server.log, []);
});

test('--offline asks no registry but one on this machine', async () => {
  const home = newHome('away');
  const away = await runPlimsoll(['scan', 'registry:registry.example/app', '--offline'], { home });
  assert.equal(away.status, 2);
  assert.match(away.stderr, /registry\.example\/app.*--offline touches no network/);
  assert.match(
    (await runPlimsoll(['scan', '--help'], { home })).stdout,
    /--offline\S* .*Touch no network: .*no registry/,
  );
  await using registry = await startFakeRegistry(contentsOf(sample));
  const here = await runPlimsoll(['scan', `registry:${registry.host}/app`, '--offline'], { home });
  assert.equal(here.status, 0, here.stderr);
});

test('data is carried to a machine without a network', async () => {
  const home = await homeWithData('from');
  const file = join(folder, 'advisories.tar.zst');
  assert.equal((await runPlimsoll(['db', 'export', file], { home })).status, 0);
  const other = newHome('to');
  assert.equal((await runPlimsoll(['db', 'import', file], { home: other })).status, 0);
  const { status, stdout } = await runWithServer(['scan', image, '--offline', '--require-data', '-o', 'json'], {
    home: other,
  });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).matches.length, 3);
  assert.deepEqual(server.log, []);
});

test('a reader that leaves early is no error, and changes nothing else', async () => {
  const home = await homeWithData('pipe');
  const report = join(folder, 'after-pipe.json');
  const cases: [args: string[], status: number][] = [
    [['scan', large, '--offline', '-o', 'json'], 0],
    [['scan', image, '--offline', '--fail-on', 'high', '-o', 'table', '-o', `json=${report}`], 1],
    [['db', 'status'], 0],
    [['--help'], 0],
  ];
  for (const [args, status] of cases) {
    const child = startPlimsoll(args, { home });
    child.stdout!.destroy();
    const run = await endOf(child);
    assert.deepEqual([run.status, run.stderr], [status, ''], args.join(' '));
  }
  assert.ok(readdirSync(folder).includes('after-pipe.json'));
});

test('a reader of a large document that leaves in its middle', async () => {
  const child = startPlimsoll(['scan', large, '--offline', '-o', 'json'], { home: newHome('head') });
  await once(child.stdout!, 'data');
  child.stdout!.destroy();
  const { status, stderr } = await endOf(child);
  assert.equal(status, 0);
  assert.doesNotMatch(stderr, /EPIPE|\n {4}at /);
});

test('notes that nobody reads are no error', async () => {
  const child = startPlimsoll(['scan', image, '--offline'], { home: newHome('deaf') });
  child.stderr!.destroy();
  const { status, stdout } = await endOf(child);
  assert.equal(status, 0);
  assert.match(stdout, /^NOT JUDGED/m);
});

test('a full disk behind stdout is told, with status 2', { skip: process.platform !== 'linux' }, async () => {
  const stdout = openSync('/dev/full', 'w');
  const child = startPlimsoll(['scan', image, '--offline', '--quiet'], { home: newHome('full'), stdout });
  closeSync(stdout);
  const { status, stderr } = await endOf(child);
  assert.equal(status, 2);
  assert.match(stderr, /^plimsoll: Cannot write to stdout: .*\n$/);
});

test('SIGTERM ends a scan whose output nobody reads', { skip: process.platform === 'win32' }, async () => {
  const home = newHome('unread');
  const [first, pipe] = ['first.json', 'pipe'].map((name) => join(home, name)) as [string, string];
  execFileSync('mkfifo', [pipe]);
  const child = startPlimsoll(['scan', image, '--offline', '-o', `json=${first}`, '-o', `json=${pipe}`], { home });
  const ended = endOf(child);
  while (!existsSync(first)) await new Promise((resolve) => setTimeout(resolve, 50));
  child.kill('SIGTERM');
  const { status, stderr } = await ended;
  assert.equal(status, 130);
  assert.match(stderr, /plimsoll: Cancelled\.\n$/);
});

for (const [signal, when] of [
  ['SIGINT', '/blobs/'],
  ['SIGTERM', '/manifests/'],
  ['SIGHUP', '/manifests/'],
] as const)
  test(`${signal} while a registry keeps it waiting ends the scan with 130, and leaves nothing`, async () => {
    const home = newHome(signal);
    const [cwd, temporary] = ['cwd', 'tmp'].map((name) => newHome(`${signal}-${name}`)) as [string, string];
    let asked = () => {};
    const waiting = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const layer = sample.layers[0]!.digest;
    await using registry = await startFakeRegistry(contentsOf(sample), ({ url = '' }, response) => {
      if (!url.includes(when) || (when === '/blobs/' && !url.endsWith(layer))) return false;
      if (when === '/blobs/')
        response.writeHead(200, { 'content-length': sample.layers[0]!.blob.length }).write('\x1f');
      asked();
      return true;
    });
    const args = ['scan', `registry:${registry.host}/app`, '-o', 'json=report.json', '-o', 'table'];
    const child = startPlimsoll(args, { home, cwd, env: { TMPDIR: temporary } });
    const ended = endOf(child);
    await Promise.race([waiting, ended]);
    child.kill(signal);
    const { status, stdout, stderr } = await ended;
    assert.deepEqual([status, stdout, stderr], [130, '', 'plimsoll: Cancelled.\n']);
    const left = [home, cwd, temporary].flatMap((path) => readdirSync(path, { recursive: true, withFileTypes: true }));
    assert.deepEqual(
      left.filter((entry) => entry.isFile()).map(({ name }) => name),
      [],
    );
  });
