// The library as its documentation shows it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import * as library from '../src/index.ts';
import { writeFiles } from './feeds/sample-feed.ts';
import { buildImage, digestOf, file, writeNewDockerArchive, writeOciDir } from './images/build-image.ts';
import { runPlimsoll } from './run-plimsoll.ts';
import { damagedMember, sampleFeeds, sampleMembers } from './sample-scan.ts';

const { compareVersions, openDatabase, openImage, PlimsollError, readPackages, scan } = library;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-library-'));
const home = join(folder, 'home');
const sample = buildImage([{ members: sampleMembers }, { members: [file('a'), damagedMember] }], {
  config: { User: 'sailor' },
});
const archive = writeNewDockerArchive(sample, join(folder, 'app.tar'));
const layout = writeOciDir(sample, join(folder, 'layout'), '1.2');

const homeBefore = process.env.PLIMSOLL_HOME;
before(async () => {
  mkdirSync(home);
  writeFiles(join(folder, 'feeds'), sampleFeeds);
  const run = await runPlimsoll(['db', 'update', '--from', join(folder, 'feeds')], { home });
  assert.equal(run.status, 0, run.stderr);
  process.env.PLIMSOLL_HOME = home;
});
after(() => {
  if (homeBefore === undefined) delete process.env.PLIMSOLL_HOME;
  else process.env.PLIMSOLL_HOME = homeBefore;
  rmSync(folder, { recursive: true });
});

test('an option that is none, or a line at no severity, is refused; a severity is read in any case', async () => {
  const wrong: readonly [options: object, message: RegExp][] = [
    [{ failOn: 'terrible' }, /"terrible" is no severity\. Use critical, high/],
    [{ failOn: 7 }, /7 is no severity/],
    [{ failon: 'high' }, /"failon" is no option of scan; there are .*failOn/],
  ];
  for (const [options, message] of wrong)
    await assert.rejects(scan(`docker-archive:${archive}`, options), (error) => {
      assert.ok(error instanceof PlimsollError && error.code === 'usage');
      assert.match(error.message, message);
      return true;
    });
  const { verdict } = await scan(`docker-archive:${archive}`, { failOn: 'HIGH', offline: true } as object);
  assert.equal(verdict.pass, false);
});

test('scan judges, with each match and its reason', async () => {
  const report = await scan(`docker-archive:${archive}`, {
    failOn: 'medium',
    onlyFixed: true,
    offline: true,
    signal: AbortSignal.timeout(600_000),
  });
  assert.equal(report.verdict.pass, false);
  const open = report.matches.filter(({ suppressed }) => suppressed === undefined);
  assert.deepEqual(
    open.map(({ id, severity, package: { name, version }, fixedVersions, reason }) => [
      id,
      severity,
      name,
      version,
      fixedVersions.at(0),
      reason.advisory,
    ]),
    [
      ['DSA-1-1', 'unknown', 'bash', '5.1-1', '5.2', 'DSA-1-1'],
      ['CVE-2024-1111', 'medium', 'left-sail', '1.0.0', '1.2.0', 'GHSA-aaaa-aaaa-aaaa'],
    ],
  );
  assert.equal(report.matches.find(({ suppressed }) => suppressed)?.suppressed?.by, 'only-fixed');
  assert.deepEqual(
    report.problems.map(({ where }) => where.path),
    [damagedMember.path],
  );
  assert.deepEqual(report.unscanned, []);
});

test('scan gives what the command line writes', async () => {
  const report = await scan(archive, { offline: true, cache: false });
  const { stdout } = await runPlimsoll(['scan', archive, '--offline', '-o', 'json'], { home });
  const written = JSON.parse(stdout);
  const purls = (packages: readonly { readonly purl: string }[]) => packages.map(({ purl }) => purl);
  assert.deepEqual(purls(written.packages), purls(report.packages));
  assert.deepEqual(
    written.matches.map(({ id }: { id: string }) => id),
    report.matches.map(({ id }) => id),
  );
  assert.deepEqual(written.verdict, report.verdict);
});

test('scan writes nothing to stdout or stderr, and nothing to the cache unless it may', () => {
  const bare = join(folder, 'bare');
  const script = `
    const { scan } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
    const notes = [];
    await scan(${JSON.stringify(archive)}, { offline: true, cache: false, progress: { report() {}, note: (text) => notes.push(text) } });
    await scan(${JSON.stringify(archive)}, { offline: true, cache: false });
    process.exitCode = notes.length > 0 ? 42 : 1;`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    env: { ...process.env, PLIMSOLL_HOME: bare },
  });
  assert.deepEqual([run.status, run.stdout, run.stderr], [42, '', '']);
  assert.throws(() => readdirSync(bare), { code: 'ENOENT' });
});

test('openImage tells what an image is', async () => {
  await using image = await openImage(`oci-dir:${layout}:1.2`, { platform: { os: 'linux', architecture: 'amd64' } });
  assert.equal(image.digest, digestOf(sample.manifest));
  assert.deepEqual([image.platform?.os, image.platform?.architecture], ['linux', 'amd64']);
  assert.deepEqual([image.config.user, image.layers.length], ['sailor', 2]);
});

test('readPackages lists without comparing', async () => {
  await using image = await openImage(layout);
  const { os, packages, problems } = await readPackages(image);
  assert.equal(os?.name, 'Debian GNU/Linux 12 (bookworm)');
  assert.deepEqual(
    packages.map(({ purl, state, locations }) => [purl, state, locations[0]?.path]),
    [
      ['pkg:deb/debian/bash@5.1-1?arch=amd64&distro=debian-12', 'installed', 'var/lib/dpkg/status'],
      ['pkg:npm/left-sail@1.0.0', 'installed', 'srv/app/node_modules/left-sail/package.json'],
      ['pkg:npm/old-keel@2.0.0', 'installed', 'srv/app/node_modules/old-keel/package.json'],
    ],
  );
  assert.equal(problems.length, 1);
});

test('compareVersions orders as the ecosystem does, and says when it cannot', () => {
  assert.equal(compareVersions('Debian', '1:1.0-1', '2.0'), 1);
  assert.equal(compareVersions('npm', '1.0.0-rc.1', '1.0.0'), -1);
  assert.equal(compareVersions('Debian:12', '1.0', '1.0-0'), 0);
  assert.equal(compareVersions('PyPI', 'not a version', '1.0'), undefined);
  assert.equal(compareVersions('Nonesuch', '1', '2'), undefined);
});

test('openDatabase looks up what is here', () => {
  using database = openDatabase({ home });
  assert.deepEqual(Object.fromEntries(database.shards().map(({ name, advisories }) => [name, advisories])), {
    'Alpine:v3.20': 1,
    'Debian:12': 1,
    PyPI: 1,
    eol: 1,
    epss: 1,
    kev: 1,
    npm: 2,
  });
  const shard = database.open('Debian:12');
  const [row] = shard?.affecting(['bash']).get('bash') ?? [];
  assert.deepEqual([row?.advisory, shard?.advisory(row!.advisory)?.id], ['DSA-1-1', 'DSA-1-1']);
  assert.equal(database.kev(['CVE-2024-1111']).get('CVE-2024-1111')?.dateAdded, '2024-01-02');
  assert.equal(database.supportEnd('debian 12')?.eol, '2026-07-11');
  assert.equal(database.epss(['CVE-2024-1111']).get('CVE-2024-1111')?.score, 0.5);
});

test('what ends the work is thrown with its code, and a reason to stop as it is', async () => {
  await assert.rejects(scan(join(folder, 'absent.tar')), (error) => {
    return error instanceof PlimsollError && error.code === 'reference-unreadable';
  });
  const reason = new Error('enough');
  await assert.rejects(scan(archive, { offline: true, cache: false, signal: AbortSignal.abort(reason) }), reason);
});

const door = readFileSync(new URL('../src/index.ts', import.meta.url), 'utf8');
const documentation = readFileSync(new URL('../docs/library.md', import.meta.url), 'utf8');
const exported = [...door.matchAll(/^export (type )?\{ ([^}]+) \} from '(.+)';$/gm)].flatMap(
  ([, allTypes, names = '', from = '']) =>
    names.split(', ').map((name) => ({
      name: name.replace('type ', ''),
      isType: allTypes !== undefined || name.startsWith('type '),
      from,
    })),
);

test('the door has the names that the documentation lists', () => {
  const values = exported.filter(({ isType }) => !isType).map(({ name }) => name);
  assert.deepEqual(values.toSorted(), Object.keys(library).toSorted());
  for (const name of values) assert.match(documentation, new RegExp(`\\b${name}\\b`), `docs/library.md lacks ${name}`);
});

for (const { name, from } of exported)
  test(`${name} has a sentence above it`, () => {
    const text = readFileSync(new URL(from, new URL('../src/index.ts', import.meta.url)), 'utf8');
    const declared = `export (?:async )?(?:function|interface|type|class|const) ${name}\\b`;
    assert.match(text, new RegExp(`\\*/\\n${declared}`), `${from} exports ${name} without a comment`);
  });
