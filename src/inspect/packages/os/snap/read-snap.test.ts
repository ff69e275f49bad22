import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import type { Found } from '../../cataloguer.ts';
import { joinFacts } from '../../join.ts';
import { snap } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const read = async (path: string, content = testdata(path.slice(path.lastIndexOf('/') + 1))) =>
  rowsOf(await readFileBy(snap, path, content));

const debian: Found = {
  kind: 'system',
  rank: 1,
  system: { id: 'debian', idLike: [], versionId: '12', path: 'etc/os-release' },
};
const own = 'snap/hull/x1/meta/snap.yaml';
const manifest = 'snap/hull/x1/snap/manifest.yaml';
const list = 'usr/share/snappy/dpkg.yaml';

test('a snap and what is in it', async () => {
  assert.deepEqual(await read(own), ['snap hull 2.10 installed']);
  assert.deepEqual(await read(manifest), ['snap hull 2.10 installed', 'deb zlib1g 1:1.2.11.dfsg-2ubuntu1.5 installed']);
  const { packages } = joinFacts([{ path: own, found: await readFileBy(snap, own, testdata('snap.yaml')) }]);
  assert.deepEqual(
    packages.map(({ purl, licenses }) => [purl, licenses]),
    [['pkg:snap/hull@2.10?arch=amd64', ['MIT OR Apache-2.0']]],
  );
});

test('an older manifest has what its parts took', async () => {
  const older = testdata('manifest.yaml').replace(/primed-stage-packages:[\s\S]*/, '');
  assert.deepEqual((await read(manifest, older)).slice(1), [
    'deb libpng16-16 1.6.37-2 installed',
    'deb zlib1g 1:1.2.11.dfsg-2ubuntu1.5 installed',
  ]);
});

test('packages are those of the Ubuntu that a snap is based on, whatever the image is', async () => {
  const purlsOf = async (path: string, content = testdata(path.slice(path.lastIndexOf('/') + 1))) =>
    joinFacts([
      { path: 'etc/os-release', found: [debian] },
      { path, found: await readFileBy(snap, path, content) },
    ])
      .packages.filter(({ type }) => type === 'deb')
      .map(({ purl, ecosystem, release }) => [purl, ecosystem, release]);
  const zlib = 'zlib1g@1:1.2.11.dfsg-2ubuntu1.5';
  assert.deepEqual(await purlsOf(manifest), [
    [`pkg:deb/ubuntu/${zlib}?arch=amd64&distro=ubuntu-20.04`, 'Ubuntu', '20.04:LTS'],
  ]);
  const withoutBase = testdata('manifest.yaml').replace('base: core20\n', '').replace("'20.04'", "'18.04'");
  assert.deepEqual(await purlsOf(manifest, withoutBase), [
    [`pkg:deb/ubuntu/${zlib}?arch=amd64&distro=ubuntu-18.04`, 'Ubuntu', '18.04:LTS'],
  ]);
  for (const [folder, distro, release] of [
    ['snap/core20/1974/', 'ubuntu-20.04', '20.04:LTS'],
    ['snap/core/1/', 'ubuntu-16.04', '16.04:LTS'],
    ['srv/', 'ubuntu', undefined],
  ] as const)
    assert.deepEqual((await purlsOf(`${folder}${list}`))[1], [
      `pkg:deb/ubuntu/libc6@2.31-0ubuntu9.14?arch=amd64&distro=${distro}`,
      'Ubuntu',
      release,
    ]);
  // In the root of an image they are its own.
  assert.deepEqual((await purlsOf(list))[1], [
    'pkg:deb/debian/libc6@2.31-0ubuntu9.14?arch=amd64&distro=debian-12',
    'Debian',
    '12',
  ]);
});

test("in a root, dpkg's own database has the same packages, each once", async () => {
  const status = { kind: 'package', type: 'deb', state: 'installed' } as const;
  const { packages } = joinFacts([
    { path: list, found: await readFileBy(snap, list, testdata('dpkg.yaml')) },
    {
      path: 'var/lib/dpkg/status',
      found: [
        { ...status, name: 'base-files', version: '11ubuntu5.7', architecture: 'all' },
        { ...status, name: 'libc6', version: '2.31-0ubuntu9.14', architecture: 'amd64' },
      ],
    },
  ]);
  assert.deepEqual(
    packages.map(({ name, architecture, locations }) => [name, architecture, locations.length]),
    [
      ['base-files', 'all', 2],
      ['libc6', 'amd64', 2],
    ],
  );
});

const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', own, '', ['truncated']],
  ['a list', own, '- a\n', ['malformed']],
  ['no YAML', own, 'name: [', ['malformed 1']],
  ['aliases', own, 'name: &a hull\nversion: *a\n', ['malformed 2']],
  ['too deep', own, `name: ${'['.repeat(500)}`, ['too-deep 1']],
  ['no name', own, 'version: 1\n', ['incomplete']],
  ['no version', own, 'name: hull\n', ['unpinned']],
  ['not UTF-8', own, 'name: h\x00ull\nversion: 1\n', ['malformed 1']],
  ['another manifest', manifest, 'kind: Pod\n', []],
  [
    'an entry without version',
    list,
    'packages: [a=1, b, "=2", c=]\n',
    ['malformed', 'malformed', 'malformed', 'deb a 1 installed'],
  ],
  ['a list of nothing', list, 'packages: {}\n', []],
];
for (const [title, path, content, rows] of cases)
  test(`damaged: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
