import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { zstdCompressSync } from 'node:zlib';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import type { Found } from '../../cataloguer.ts';
import { joinFacts } from '../../join.ts';
import { chisel } from './index.ts';

const path = 'var/lib/chisel/manifest.wall';
const manifest = readFileSync(new URL('./testdata/manifest.wall', import.meta.url));
const read = (bytes: Buffer) => readFileBy(chisel, path, bytes);
const readText = (text: string) => read(zstdCompressSync(text));
const codes = (found: readonly Found[]) =>
  found.map((item) => (item.kind === 'problem' ? item.code : item.kind === 'package' ? item.name : item.kind));

const header = '{"jsonwall":"1.0","schema":"1.0","count":2}\n';
const kettle = '{"kind":"package","name":"kettle","version":"1-1","arch":"amd64"}\n';

test('the packages of a cut image are those of its Ubuntu', async () => {
  const system: Found = {
    kind: 'system',
    rank: 1,
    system: { id: 'ubuntu', idLike: ['debian'], versionId: '24.04', path: 'etc/os-release' },
  };
  const egg = 'usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO';
  const six: Found = { kind: 'package', type: 'pypi', name: 'six', version: '1.16.0', state: 'installed' };
  const { packages } = joinFacts([
    { path: 'etc/os-release', found: [system] },
    { path, found: await read(manifest) },
    { path: egg, found: [six] },
  ]);
  assert.deepEqual(
    packages.map(({ purl, ecosystem, ownedBy }) => [purl, ecosystem, ownedBy]),
    [
      ['pkg:deb/ubuntu/base-files@13ubuntu10.2?arch=amd64&distro=ubuntu-24.04', 'Ubuntu', undefined],
      ['pkg:deb/ubuntu/libssl3t64@3.0.13-0ubuntu3.5?arch=amd64&distro=ubuntu-24.04', 'Ubuntu', undefined],
      ['pkg:deb/ubuntu/openssl@3.0.13-0ubuntu3.5?arch=amd64&distro=ubuntu-24.04', 'Ubuntu', undefined],
      ['pkg:deb/ubuntu/python3-six@1.16.0-4?arch=all&distro=ubuntu-24.04', 'Ubuntu', undefined],
      ['pkg:pypi/six@1.16.0', 'PyPI', 'deb/python3-six'],
    ],
  );
});

test('files with their owners, without folders', async () => {
  const owned = (await read(manifest)).flatMap((item) =>
    item.kind === 'ownership' ? item.paths.map((owned) => `${item.owner} ${owned}`) : [],
  );
  assert.deepEqual(owned, [
    'base-files etc/os-release',
    'openssl usr/bin/openssl',
    'python3-six usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO',
    'libssl3t64 usr/lib/x86_64-linux-gnu/libssl.so.3',
  ]);
});

const texts: readonly (readonly [title: string, text: string, found: readonly string[]])[] = [
  ['no line', '', []],
  ['a package', header + kettle, ['kettle']],
  ['no header', kettle, ['malformed']],
  ['a later format', `{"jsonwall":"2.0","count":2}\n${kettle}`, ['unsupported', 'kettle']],
  ['a later schema', `{"jsonwall":"1.0","schema":"2.0","count":2}\n${kettle}`, ['unsupported', 'kettle']],
  ['fewer lines than it says', header, ['truncated']],
  ['kinds that are not known', `${header}{"kind":"new"}\n`, []],
  ['lines that are no objects', `${header}[1]\n"a"\nx\n{"kind":\n`, Array(4).fill('malformed')],
  ['no version', `${header}{"kind":"package","name":"a"}\n`, ['incomplete']],
  ['a name that is no text', `${header}{"kind":"package","name":{},"version":1}\n`, ['incomplete']],
  ['a path of nobody', `${header}{"kind":"path","path":"/a","slices":[7]}\n`, []],
  ['more paths than are held', header + '{"kind":"path"}\n'.repeat(400_001), ['too-many']],
  ['bad lines without end', header + 'x\n'.repeat(5000), [...Array(1000).fill('malformed'), 'too-many']],
  ['a line without end', `${header}{"a":"${'a'.repeat(70_000)}"}\n`, ['malformed']],
];

for (const [title, text, expected] of texts)
  test(`a manifest: ${title}`, async () => assert.deepEqual(codes(await readText(text)), expected));

const packed = zstdCompressSync(header + kettle);
const skippable = Buffer.from('502a4d1801000000ff', 'hex');
const damaged: readonly (readonly [title: string, bytes: Buffer, found: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), ['truncated']],
  ['not packed', Buffer.from(header + kettle), ['malformed']],
  ['cut off', packed.subarray(0, 20), ['truncated']],
  ['cut off in the second frame', Buffer.concat([packed, packed.subarray(0, 20)]), ['truncated', 'kettle']],
  ['several frames', Buffer.concat([zstdCompressSync(header), skippable, zstdCompressSync(kettle)]), ['kettle']],
  ['too many frames', Buffer.concat(Array(1001).fill(zstdCompressSync(''))), ['too-large']],
  ['a bomb', zstdCompressSync(Buffer.alloc(17 << 20)), ['too-large']],
];

for (const [title, bytes, expected] of damaged)
  test(`damaged: ${title}`, async () => assert.deepEqual(codes(await read(bytes)), expected));

test('many files come in parts', async () => {
  const rows = Array.from({ length: 15_000 }, (_, at) => `{"kind":"path","path":"/${at}","slices":["a_b"]}\n`);
  const found = await readText(header + rows.join(''));
  assert.deepEqual(
    found.map((item) => item.kind === 'ownership' && item.paths.length),
    [10_000, 5000],
  );
});
