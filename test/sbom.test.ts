// `plimsoll sbom` as its users and their scripts meet it: formats, exit statuses, and that it needs no advisory data.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type FeedServer, startFeedServer } from './feeds/feed-server.ts';
import { assertHarmless } from './harmless-text.ts';
import { buildImage, file, writeNewDockerArchive, writeOciDir } from './images/build-image.ts';
import { contentsOf, startFakeRegistry } from './registry/fake-registry.ts';
import { type Run, type RunOptions, runPlimsoll } from './run-plimsoll.ts';
import { damagedMember, feedVariables, npmLibrary, sampleFeeds, sampleMembers } from './sample-scan.ts';
import { assertValid, compileCyclonedxSchema } from './schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sbom-'));
after(() => rmSync(folder, { recursive: true }));
const home = join(folder, 'home');

/** A Python library that Debian's package brought. */
const ownedMembers = [
  file(
    'var/lib/dpkg/status',
    'Package: python3-keel\nStatus: install ok installed\nArchitecture: all\nSource: keel\nVersion: 1.0-1\n\n',
  ),
  file('var/lib/dpkg/info/python3-keel.list', '/.\n/usr/lib/python3/dist-packages/keel-1.0.egg-info\n'),
  file('usr/lib/python3/dist-packages/keel-1.0.egg-info', 'Metadata-Version: 1.1\nName: keel\nVersion: 1.0\n'),
  file('etc/os-release', 'ID=debian\nVERSION_ID="12"\n'),
];
const sample = buildImage([{ members: sampleMembers }]);
const images = {
  sound: writeNewDockerArchive(sample, join(folder, 'sound.tar')),
  damaged: writeOciDir(buildImage([{ members: sampleMembers }, { members: [damagedMember] }]), join(folder, 'damaged')),
  owned: writeOciDir(buildImage([{ members: ownedMembers }]), join(folder, 'owned')),
};

let server: FeedServer;
before(async () => {
  mkdirSync(home);
  server = await startFeedServer({ ...sampleFeeds });
});
after(() => server?.[Symbol.asyncDispose]());

/** Runs with feeds at a server that tells what it was asked for. */
function sbom(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  return runPlimsoll(['sbom', ...args], { home, env: feedVariables(server.url), ...options });
}

test('without more, CycloneDX goes to stdout, and no advisories are asked for', async () => {
  const { status, stdout, stderr } = await sbom([images.sound]);
  assert.deepEqual([status, stderr], [0, '']);
  const document = JSON.parse(stdout);
  assertValid(compileCyclonedxSchema(), document);
  assert.deepEqual(
    document.components.map(({ name }: { name: string }) => name),
    ['debian', 'bash', 'left-sail', 'old-keel'],
  );
  assert.equal(document.vulnerabilities, undefined);
  assert.deepEqual(server.log, []);
});

test('all formats in one run, one to stdout', async () => {
  const cwd = join(folder, 'formats');
  mkdirSync(cwd);
  const outputs = ['cyclonedx=a.json', 'spdx=b.json', 'spdx3=c.json', 'syft'].flatMap((output) => ['-o', output]);
  const { status, stdout } = await sbom([images.sound, ...outputs], { cwd });
  assert.equal(status, 0);
  assert.deepEqual(readdirSync(cwd).sort(), ['a.json', 'b.json', 'c.json']);
  const [, spdx, spdx3] = ['a.json', 'b.json', 'c.json'].map((name) =>
    JSON.parse(readFileSync(join(cwd, name), 'utf8')),
  );
  const names = ['bash', 'left-sail', 'old-keel'];
  assert.deepEqual(
    JSON.parse(stdout).artifacts.map(({ name }: { name: string }) => name),
    names,
  );
  for (const items of [spdx.packages, spdx3['@graph']]) {
    const found = items.map(({ name }: { name?: string }) => name);
    for (const name of names) assert.ok(found.includes(name), name);
  }
});

test('scans write the same bills of materials', async () => {
  const cwd = join(folder, 'scan');
  mkdirSync(cwd);
  const { status } = await runPlimsoll(['scan', images.sound, '-o', 'spdx=scan.json', '--offline'], { home, cwd });
  assert.equal(status, 0);
  await sbom([images.sound, '-o', 'spdx=sbom.json'], { cwd });
  const [scan, listed] = ['scan.json', 'sbom.json'].map((name) => JSON.parse(readFileSync(join(cwd, name), 'utf8')));
  const names = ({ packages }: { packages: { SPDXID: string }[] }) => packages.map(({ SPDXID }) => SPDXID);
  assert.deepEqual(names(scan), names(listed));
});

test('a library that an OS package brought belongs to it', async () => {
  const { stdout } = await sbom([images.owned, '-o', 'spdx']);
  const { packages, relationships } = JSON.parse(stdout);
  const idOf = (name: string, purpose: string) =>
    packages.find((item: Record<string, string>) => item.name === name && item.primaryPackagePurpose === purpose)
      .SPDXID;
  const owner = idOf('python3-keel', 'LIBRARY');
  const of = (type: string) =>
    relationships
      .filter((item: Record<string, string>) => item.spdxElementId === owner && item.relationshipType === type)
      .map(({ relatedSpdxElement }: Record<string, string>) => relatedSpdxElement);
  assert.deepEqual(of('CONTAINS'), [idOf('keel', 'LIBRARY')]);
  assert.deepEqual(of('GENERATED_FROM'), [idOf('keel', 'SOURCE')]);
});

test('a part that was not read is 2, is told, and is in the document', async () => {
  const { status, stdout, stderr } = await sbom([images.damaged, '--quiet']);
  assert.equal(status, 2);
  assert.match(stderr, /^plimsoll: A part of the image was not read: .*broken\/package\.json.*--allow-problems/);
  assert.equal(JSON.parse(stdout).compositions[0].aggregate, 'incomplete');
  const allowed = await sbom([images.damaged, '--allow-problems', '--quiet']);
  assert.deepEqual([allowed.status, allowed.stderr], [0, '']);
  assert.match((await sbom([images.damaged, '--allow-problems'])).stderr, /^plimsoll: A part of the image/);
});

test('settings hold, but for the outputs of scans', async () => {
  const cwd = join(folder, 'settings');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'plimsoll.yaml'), 'allowProblems: true\noutput: [table, json=report.json]\n');
  const { status, stdout } = await sbom([images.damaged, '--quiet'], { cwd });
  assert.equal(status, 0);
  assert.equal(JSON.parse(stdout).bomFormat, 'CycloneDX');
  assert.deepEqual(readdirSync(cwd), ['plimsoll.yaml']);
});

test('what cannot be written or read is 2', async () => {
  for (const [args, message] of [
    [
      [images.sound, '-o', 'table'],
      /"table" is no output format\. There are: cyclonedx, cyclonedx-1\.7, spdx, spdx3, syft\./,
    ],
    [[images.sound, '-o', 'spdx', '-o', 'syft'], /2 outputs would go to stdout/],
    [[images.sound, '--platform', 'nowhere'], /--platform "nowhere"/],
    [[join(folder, 'missing.tar')], /missing\.tar/],
    [[images.sound, '--fail-on', 'high'], /--fail-on/],
    [['registry:registry.example/app', '--offline'], /--offline touches no network/],
  ] as const) {
    const { status, stdout, stderr } = await sbom(args);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
  }
});

test('from a registry it is the same, with the digest as its version', async () => {
  await using registry = await startFakeRegistry(contentsOf(sample));
  const { status, stdout, stderr } = await sbom([`registry:${registry.host}/app`, '-o', 'spdx']);
  assert.equal(status, 0, stderr);
  const [image] = JSON.parse(stdout).packages;
  assert.deepEqual([image.name, image.primaryPackagePurpose], [`${registry.host}/app`, 'CONTAINER']);
  assert.match(image.versionInfo, /^sha256:/);
});

test('hostile names steer no terminal, in any format', async () => {
  const member = npmLibrary('sail\u001b[31m\u202e"', '1.0\r\n2');
  const image = writeOciDir(buildImage([{ members: [member] }]), join(folder, 'hostile'));
  for (const format of ['cyclonedx', 'spdx', 'spdx3', 'syft']) {
    const { stdout, stderr } = await sbom([image, '-o', format, '--allow-problems']);
    assertHarmless(stdout);
    assertHarmless(stderr);
    assert.match(stdout, /sail/);
  }
});
