// `plimsoll scan` as its users and their scripts meet it: exit statuses, outputs, and what hostile names cannot do.
import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { osvExport, osvRecord, writeFiles } from './feeds/sample-feed.ts';
import { assertHarmless } from './harmless-text.ts';
import {
  type BuiltImage,
  buildImage,
  digestOf,
  file,
  json,
  writeNewDockerArchive,
  writeOciArchive,
  writeOciDir,
} from './images/build-image.ts';
import { contentsOf, startFakeRegistry } from './registry/fake-registry.ts';
import { type Run, type RunOptions, runPlimsoll } from './run-plimsoll.ts';
import { damagedMember, dpkgStatus, feedVariables, npmLibrary, sampleFeeds, sampleMembers } from './sample-scan.ts';
import { assertValid, compileCyclonedxSchema, compileReportSchema } from './schemas.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-scan-'));
after(() => rmSync(folder, { recursive: true }));

/** Has the data of the sample's advisories. */
const home = join(folder, 'home');
/** Has none. */
const bareHome = join(folder, 'bare');
const feeds = join(folder, 'feeds');

const sound = buildImage([{ members: sampleMembers }]);
const damaged = buildImage([{ members: sampleMembers }, { members: [damagedMember] }]);
const images = {
  sound: writeNewDockerArchive(sound, join(folder, 'sound.tar')),
  damaged: writeOciDir(damaged, join(folder, 'damaged')),
  foreign: writeOciDir(withForeignLayer(damaged), join(folder, 'foreign')),
  empty: join(folder, 'empty'),
};

before(async () => {
  for (const path of [home, bareHome, images.empty]) mkdirSync(path);
  writeFiles(feeds, sampleFeeds);
  const { status, stderr } = await runPlimsoll(['db', 'update', '--from', feeds], { home });
  assert.equal(status, 0, stderr);
});

function scan(args: readonly string[], options: Partial<RunOptions> = {}): Promise<Run> {
  return runPlimsoll(['scan', ...args], { home, ...options });
}

/** The upper layer is not distributed with the image, as layers of Windows were. */
function withForeignLayer(image: BuiltImage): BuiltImage {
  const parsed = JSON.parse(image.manifest.toString());
  parsed.layers[1].mediaType = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
  const manifest = json(parsed);
  const blobs = new Map([...image.blobs, [digestOf(manifest), manifest] as const]);
  blobs.delete(image.layers[1]!.digest);
  return { ...image, manifest, blobs };
}

const judged: [line: string, status: number][] = [
  ['', 0],
  ['--fail-on critical', 0],
  ['--fail-on high', 1],
  ['--fail-on medium', 1],
  ['--fail-on unknown', 1],
  ['--fail-on high --only-fixed', 0],
  ['--fail-on medium --only-fixed', 1],
  ['--only-fixed', 0],
  ['--fail-on HIGH', 1],
  ['--require-data --fail-on critical', 0],
];
for (const [line, status] of judged)
  test(`scan ${line || 'without a line'}: ${status}`, async () => {
    const run = await scan([images.sound, ...line.split(' ').filter(Boolean)]);
    assert.deepEqual([run.status, run.stderr], [status, '']);
    assert.match(run.stdout, status === 1 ? /^FAIL: \d of severity/m : /^PASS: /m);
  });

test('what was not read is 2, unless that is allowed; what is below the line stays 1', async () => {
  for (const image of [images.damaged, images.foreign]) {
    const run = await scan([image]);
    assert.deepEqual([run.status, run.stderr], [2, '']);
    assert.match(run.stdout, image === images.damaged ? /broken\/package\.json/ : /layer 2|foreign|not distributed/i);
    assert.match(
      run.stdout,
      /^INCOMPLETE: 1 (?:path|layer) was not read.*; exit status 2; --allow-problems accepts it\.\n$/m,
    );
    assert.doesNotMatch(run.stdout, /^PASS/m);
    const { problems } = JSON.parse((await scan([image, '-o', 'json'])).stdout);
    assert.deepEqual(
      problems.map(({ unread }: { unread: boolean }) => unread),
      [true],
    );
    assert.equal((await scan([image, '--allow-problems'])).status, 0);
    assert.equal((await scan([image, '--fail-on', 'high'])).status, 1);
    assert.equal((await scan([image, '--fail-on', 'critical'])).status, 2);
  }
});

test('without data it lists what is there, and --require-data makes that 2', async () => {
  const run = await scan([images.sound, '--offline', '-o', 'json'], { home: bareHome });
  assert.equal(run.status, 0);
  assert.equal(JSON.parse(run.stdout).packages.length, 3);
  const required = await scan([images.sound, '--offline', '--require-data', '-o', 'json'], { home: bareHome });
  assert.deepEqual([required.status, required.stdout.length > 0], [2, true], 'the output is written all the same');
  assert.equal(JSON.parse(required.stdout).packages.length, 3);
  assert.match(required.stderr, /Advisory data was required, and is missing .*plimsoll db update.*db import FILE/);
  const table = await scan([images.sound, '--offline', '--require-data', '--fail-on', 'low'], { home: bareHome });
  assert.match(table.stdout, /\nINCOMPLETE: Advisory data was required, [\s\S]*Exit\s+status 2\.\n$/);
  assert.doesNotMatch(table.stdout, /^(?:PASS|FAIL)/m);
});

test('--require-data: what helps depends on why there is no data', async () => {
  const of = async (name: string, osRelease: string) => {
    const root = join(folder, name);
    writeFiles(root, { 'etc/os-release': osRelease, 'var/lib/dpkg/status': dpkgStatus });
    const { status, stderr } = await scan([`dir:${root}`, '--offline', '--require-data', '--quiet', '-o', 'json']);
    assert.equal(status, 2);
    return stderr;
  };
  assert.match(await of('release', 'ID=debian\nVERSION_ID="99"\n'), /Debian:99\)\. .* have nothing of that release/);
  const unknown = await of('distribution', 'ID=nonesuch\nVERSION_ID="1"\n');
  assert.match(unknown, /No source of advisories is known for these/);
  assert.doesNotMatch(unknown, /db update/);
});

test('an image that holds no package is no error', async () => {
  const run = await scan([`dir:${images.empty}`]);
  assert.equal(run.status, 0);
  assert.match(run.stdout, /No packages were found, so nothing was compared/);
});

test('an input that holds no package is one with --require-data', async () => {
  const run = await scan([`dir:${images.empty}`, '--require-data']);
  assert.equal(run.status, 2);
  assert.match(
    run.stderr,
    /No operating system and no packages were found in dir:.*Is this a root file system or an image\?/,
  );
  assert.match(run.stdout, /^INCOMPLETE: No operating system/m);
});

test('a stored image in a directory is not taken for a root file system without a word', async () => {
  const skopeo = join(folder, 'skopeo');
  writeFiles(skopeo, { version: 'Directory Transport Version: 1.1\n', 'manifest.json': json({ schemaVersion: 2 }) });
  const unpacked = join(folder, 'unpacked');
  writeFiles(unpacked, { 'manifest.json': json([{ Config: 'a.json', RepoTags: null, Layers: [] }]) });
  const other = join(folder, 'site');
  writeFiles(other, { 'manifest.json': json({ name: 'site' }), 'index.json': json([]), version: '1' });
  for (const [path, instead] of [
    [images.damaged, `oci-dir:${images.damaged}`],
    [skopeo, `skopeo copy dir:${skopeo} oci-archive:`],
    [unpacked, `tar -C ${unpacked}`],
  ] as const) {
    const run = await scan([`dir:${path}`, '-o', 'json']);
    assert.equal(run.status, 2);
    const [problem] = JSON.parse(run.stdout).problems;
    assert.ok(problem.message.includes(instead), problem.message);
    assert.ok((await scan([`dir:${path}`, '--require-data'])).stderr.includes(instead));
  }
  assert.equal((await scan([`dir:${other}`])).status, 0);
});

test('what cannot be read at all is 2, with one sentence that names it', async () => {
  const cut = join(folder, 'cut.tar');
  writeFileSync(cut, readFileSync(images.sound).subarray(0, 700));
  const altered = writeOciDir(sound, join(folder, 'altered'));
  const layer = join(altered, 'blobs', sound.layers[0]!.digest.replace(':', '/'));
  writeFileSync(layer, Buffer.concat([readFileSync(layer).subarray(0, -1), Buffer.from([1])]));
  const text = join(folder, 'text.tar');
  writeFileSync(text, 'no archive');
  const cases: [reference: string, message: RegExp][] = [
    ['', /image reference is empty/],
    ['./absent.tar', /\.\/absent\.tar does not exist/],
    ['dir:/absent', /\/absent/],
    ['docker:app', /Docker at unix:.*there is no such socket.*DOCKER_HOST/],
    ['containerd:app', /containerd.* (?:keeps no images|no image app|by root only)/],
    ['oci-dir:', /names nothing/],
    ['https://registry.example/app', /without a scheme/],
    [`oci-dir:${images.damaged}:other`, /other.*latest/],
    ['registry:127.0.0.1:1/app', /127\.0\.0\.1:1\/.*nothing answers there/],
    [cut, /cut\.tar/],
    [text, /text\.tar/],
    [altered, /sha256:/],
  ];
  for (const [reference, message] of cases) {
    const { status, stdout, stderr } = await scan([reference, '--quiet']);
    assert.deepEqual([status, stdout], [2, ''], reference);
    assert.match(stderr, message);
    assert.match(stderr, /^plimsoll: .*\n$/, 'one line, no trace');
  }
});

test('a wrong command line or setting is 2, before anything is read', async () => {
  const yaml = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return ['--config', join(folder, name)];
  };
  const cases: [args: string[], message: RegExp][] = [
    [['--nonesuch'], /--nonesuch/],
    [['--offlin'], /Did you mean --offline\?/],
    [['--fail-on', 'terrible'], /--fail-on "terrible".*critical, high/],
    [['--fail-on'], /fail-on|failOn/],
    [['-o', 'xml'], /-o "xml".*table, json, cyclonedx/],
    [['-o', 'json='], /names no file/],
    [['-o', 'json', '-o', 'cyclonedx'], /2 outputs would go to stdout/],
    [['-o', 'json=same.json', '-o', 'spdx=./same.json'], /-o: two outputs would go to \.\/same\.json/],
    [['--platform', 'linux'], /--platform "linux".*linux\/arm64/],
    [['--registry-ca', join(folder, 'absent')], /^/],
    [['--config', join(folder, 'absent.yaml')], /absent\.yaml cannot be read/],
    [
      yaml('no-yaml.yaml', 'a: [\n'),
      /^plimsoll: The settings \S*no-yaml\.yaml are no YAML: line 2, column 1: [\w ]+\.\n$/,
    ],
    [yaml('unknown.yaml', 'failon: high\n'), /"failon" is no setting; there are .*failOn/],
    [yaml('kind.yaml', 'onlyFixed: often\n'), /"onlyFixed" takes true or false/],
    [
      yaml('severity.yaml', 'failOn: terrible\n'),
      /^plimsoll: The settings \S*severity\.yaml: failOn "terrible" is no severity/,
    ],
    [yaml('platform.yaml', 'platform: linux\n'), /platform\.yaml: platform "linux" is no platform/],
    [yaml('output.yaml', 'output: [xml]\n'), /output\.yaml: output "xml" is no output format/],
    [yaml('one-output.yaml', 'output: table\n'), /one-output\.yaml: "output" takes a list: write output: \[table\]/],
    [yaml('list.yaml', '- high\n'), /a mapping of names to values is expected/],
    [['another-image'], /another-image|Too many arguments/i],
  ];
  for (const [args, message] of cases) {
    const { status, stdout, stderr } = await scan(['registry:127.0.0.1:1/app', ...args]);
    assert.deepEqual([status, stdout], [2, ''], args.join(' '));
    assert.match(stderr, message);
    assert.doesNotMatch(stderr, /\n {4}at /);
  }
});

test('a file of settings that sets nothing is no error', async () => {
  for (const [index, content] of ['', '\n\n', '# failOn: high\n  # nothing yet', '---\n', '\ufeff# a\r\n'].entries()) {
    const path = join(folder, `nothing-${index}.yaml`);
    writeFileSync(path, content);
    const { status, stderr } = await scan([images.sound, '--config', path]);
    assert.deepEqual([status, stderr], [0, ''], JSON.stringify(content));
  }
});

test('settings draw the line, and a flag wins over them', async () => {
  const cwd = join(folder, 'project');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'plimsoll.yaml'), 'failOn: high\noutput: [json=report.json]\n');
  const byFile = await scan([images.sound], { cwd });
  assert.deepEqual([byFile.status, byFile.stdout], [1, '']);
  assert.match(byFile.stderr, /^FAIL: 1 of severity high or above: 1 high\. .*\n$/, 'one line on why');
  assert.equal((await scan([images.sound, '--quiet'], { cwd })).stderr, '');
  assert.equal(JSON.parse(readFileSync(join(cwd, 'report.json'), 'utf8')).verdict.pass, false);
  const byFlag = await scan([images.sound, '--fail-on', 'critical', '-o', 'table'], { cwd });
  assert.equal(byFlag.status, 0);
  assert.match(byFlag.stdout, /^PASS: No vulnerability of severity critical/m);
});

test('several outputs in one run, each whole and valid', async () => {
  const cwd = join(folder, 'outputs');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'report.json'), 'an older one');
  const run = await scan([images.sound, '-o', 'json=report.json', '-o', 'table', '-o', 'cyclonedx=bom.json'], { cwd });
  assert.deepEqual([run.status, run.stderr], [0, '']);
  assert.match(run.stdout, /^Medium +left-sail /m);
  const [report, bom] = ['report.json', 'bom.json'].map((name) => JSON.parse(readFileSync(join(cwd, name), 'utf8')));
  assertValid(compileReportSchema(), report);
  assertValid(compileCyclonedxSchema(), bom);
  assert.deepEqual(readdirSync(cwd).sort(), ['bom.json', 'report.json']);
});

test('to stdout goes the document and nothing else', async () => {
  for (const [format, isDocument] of [
    ['json', compileReportSchema()],
    ['cyclonedx', compileCyclonedxSchema()],
  ] as const) {
    const { stdout, stderr } = await scan([images.damaged, '-o', format, '--timings']);
    assertValid(isDocument, JSON.parse(stdout));
    assert.match(stderr, /^Timings: /);
  }
});

test('a file that cannot be written is told with status 2, and nothing is left of it', async () => {
  const target = join(folder, 'target');
  mkdirSync(target);
  const missing = join(target, 'missing', 'report.json');
  for (const file of [missing, target]) {
    const { status, stdout, stderr } = await scan([images.sound, '-o', `json=${file}`]);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^plimsoll: Cannot write .*target.*\n$/);
  }
  assert.deepEqual(readdirSync(target), []);
});

test('a directory without permission to write', {
  skip: process.getuid?.() === 0 && 'root may write all',
}, async () => {
  const target = join(folder, 'locked');
  mkdirSync(target);
  writeFileSync(join(target, 'report.json'), 'an older one');
  chmodSync(target, 0o555);
  const { status, stderr } = await scan([images.sound, '-o', `json=${join(target, 'report.json')}`]);
  chmodSync(target, 0o755);
  assert.equal(status, 2);
  assert.match(stderr, /Cannot write .*permission/i);
  assert.deepEqual(readdirSync(target), ['report.json']);
});

test('a scan that fails leaves the last report as it was', async () => {
  const path = join(folder, 'last.json');
  writeFileSync(path, 'the last one');
  assert.equal((await scan([join(folder, 'none.tar'), '-o', `json=${path}`])).status, 2);
  assert.equal(readFileSync(path, 'utf8'), 'the last one');
});

test('--quiet leaves just errors on stderr', async () => {
  const noted = await scan([images.sound, '--offline'], { home: bareHome });
  assert.match(noted.stderr, /There is no data for npm here/);
  const quiet = await scan([images.sound, '--offline', '--quiet', '--timings'], { home: bareHome });
  assert.deepEqual([quiet.stderr, quiet.stdout.length > 0], ['', true]);
  const failed = await scan([join(folder, 'none.tar'), '--quiet']);
  assert.match(failed.stderr, /^plimsoll: .*none\.tar/);
});

test('no colour or other escape codes but on a terminal, unless asked for', async () => {
  for (const args of [
    ['scan', images.damaged],
    ['scan', '--help'],
    ['--help'],
    ['db', 'status'],
    ['scan', '--nonesuch'],
  ]) {
    const { stdout, stderr } = await runPlimsoll(args, { home });
    assertHarmless(stdout + stderr);
  }
  const forced = await scan([images.sound], { env: { FORCE_COLOR: '1' } });
  assert.match(forced.stdout, /\x1b\[/);
});

const steering = '\x1b[2J\x1b]0;owned\x07\x9b31m\u202e';

test('no name in an image steers the terminal, in the table or on stderr', async () => {
  const members = [
    file('etc/os-release', `ID=debian\nVERSION_ID="12"\nPRETTY_NAME="${steering}"\n`),
    file('var/lib/dpkg/status', `Package: bash${steering}\nStatus: install ok installed\nVersion: 1${steering}\n\n`),
    npmLibrary('left-sail', '1.0.0', `srv/${steering}`),
    npmLibrary(`evil${steering}`, `1.0.0${steering}`),
    file(`srv/${steering}/node_modules/broken/package.json`, '{'),
  ];
  const config = { history: [{ created_by: steering }], os: `linux${steering}`, architecture: steering };
  const layout = writeOciDir(buildImage([{ members }], config), join(folder, 'hostile'), `v${steering}`);
  for (const args of [
    [layout],
    [`${layout}:other`],
    [layout, '--platform', 'linux/s390x'],
    [layout, '--require-data'],
  ]) {
    const { status, stdout, stderr } = await scan([...args, '--allow-problems']);
    assert.ok(status === 0 || status === 2);
    assertHarmless(stdout);
    assertHarmless(stderr);
    assert.doesNotMatch(stderr, /\n {4}at |an error of its own/);
  }
});

test('no line of a registry or feed steers the terminal', async () => {
  await using registry = await startFakeRegistry(contentsOf(sound), (_request, response) => {
    const body = { errors: [{ code: `DENIED${steering}`, message: `no\n::error::${steering}` }] };
    response.writeHead(403, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    return true;
  });
  const refused = await scan([`registry:${registry.host}/app`]);
  assert.equal(refused.status, 2);
  assertHarmless(refused.stderr);

  const hostile = join(folder, 'hostile-feeds');
  const named = osvRecord(`X${steering}`, { 'npm/left-sail': `1.2.0${steering}` }, { summary: steering });
  const usable = osvRecord('Z-1', { 'npm/left-sail': '1.2.0' }, { summary: steering });
  writeFiles(hostile, { ...sampleFeeds, 'osv/npm/all.zip': osvExport([named, { id: `Y${steering}` }, usable]) });
  const other = join(folder, 'hostile-home');
  mkdirSync(other);
  for (const args of [
    ['db', 'update', '--from', hostile],
    ['scan', images.sound],
    ['db', 'status', '--refused'],
  ]) {
    const run = await runPlimsoll(args, { home: other });
    assert.equal(run.status, 0, run.stderr);
    assertHarmless(run.stdout);
    assertHarmless(run.stderr);
  }
});

test('the archive and the directory of one image give one answer, by any way to name them', async () => {
  const archive = writeOciArchive(sound, join(folder, 'app.tar'));
  const layout = writeOciDir(sound, join(folder, 'layout'), '1.0');
  const answers = await Promise.all(
    [archive, `oci-archive:${archive}`, layout, `${layout}:1.0`, `oci-dir:${layout}@${digestOf(sound.manifest)}`].map(
      async (reference) => {
        const { packages, matches } = JSON.parse((await scan([reference, '-o', 'json'])).stdout);
        return { packages, matches };
      },
    ),
  );
  for (const answer of answers) assert.deepEqual(answer, answers[0]);
  assert.equal(answers[0]!.matches.length, 3);
});

test('nothing is written beside data and cache', async () => {
  const cwd = join(folder, 'clean');
  const temporary = join(folder, 'temporary');
  for (const path of [cwd, temporary]) mkdirSync(path);
  const env = { ...feedVariables(feeds), TMPDIR: temporary, PLIMSOLL_HOME: join(folder, 'fresh') };
  const run = await scan([images.sound], { cwd, env });
  assert.equal(run.status, 0, run.stderr);
  assert.deepEqual([readdirSync(cwd), readdirSync(temporary)], [[], []]);
  assert.deepEqual(readdirSync(env.PLIMSOLL_HOME).sort(), ['cache', 'db']);
  assert.ok(existsSync(join(env.PLIMSOLL_HOME, 'db', 'current', 'osv+npm.json')));
});
