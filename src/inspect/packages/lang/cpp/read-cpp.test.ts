import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { cpp } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(cpp, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

const cache = 'root/.conan/data/png/1.6/keeper/stable/package/00/conaninfo.txt';
const files: readonly (readonly [testdata: string, path: string, rows: readonly string[]])[] = [
  ['conan1/conan.lock', 'conan.lock', ['conan png 1.6 declared keeper/stable', 'conan zlib 1.2.11 declared']],
  [
    'conan2.lock',
    'conan.lock',
    [
      'conan zlib 1.2.13 declared',
      'conan lamp 0.3 declared keeper/stable',
      'conan gtest 1.14.0 declared',
      'conan cmake 3.27.1 declared dev',
    ],
  ],
  [
    'conanfile.txt',
    'conanfile.txt',
    [
      'unpinned',
      'conan zlib 1.2.13 declared',
      'conan lamp 0.3 declared keeper/stable',
      'conan cmake 3.27.1 declared dev',
      'conan gtest 1.14.0 declared dev',
    ],
  ],
  ['conan1/package/conaninfo.txt', cache, ['conan png 1.6 installed keeper/stable', 'conan zlib 1.2.11 declared']],
  ['conaninfo2.txt', 'root/.conan2/p/b/zlib00/p/conaninfo.txt', []],
  [
    'vcpkg/status',
    'vcpkg_installed/vcpkg/status',
    ['generic vcpkg-cmake 2023-05-04 installed', 'generic zlib 1.2.13#1 installed', 'generic curl 7.88.1 installed'],
  ],
  ['vcpkg.json', 'vcpkg.json', ['unpinned', 'generic fmt 6.0.0 declared', 'generic zlib 1.2.12#2 declared']],
];
for (const [name, path, rows] of files)
  test(name, async () => assert.deepEqual(await read(path, testdata(name)), rows));

test('purls', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  const found = await find('vcpkg/status', testdata('vcpkg/status'));
  for (const item of found) if (item.kind === 'package') list.add(item, { path: 'vcpkg/status' });
  assert.deepEqual(
    list.toSorted().map(({ purl }) => purl),
    ['pkg:generic/vcpkg/curl@7.88.1', 'pkg:generic/vcpkg/vcpkg-cmake@2023-05-04', 'pkg:generic/vcpkg/zlib@1.2.13%231'],
  );
});

test('changes that vcpkg did not join yet', () => {
  const selector = new FileSelector([cpp]);
  assert.ok(selector.wants('srv/vcpkg_installed/vcpkg/updates/0000000001') > 0);
  assert.ok(selector.wants('srv/vcpkg_installed/vcpkg/info/zlib.list') === 0);
});

const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', 'conan.lock', '', ['truncated']],
  ['no lock', 'conan.lock', '{}', ['malformed']],
  [
    'wrong kinds',
    'conan.lock',
    '{"version":"0.5","requires":[1,"a/1",{}],"build_requires":7}',
    ['incomplete', 'unpinned', 'conan a 1 declared'],
  ],
  [
    'a graph of wrong kinds',
    'conan.lock',
    '{"graph_lock":{"nodes":{"1":1,"2":{"ref":{}},"3":{"ref":"a/1"}}}}',
    ['conan a 1 declared'],
  ],
  ['empty', 'conanfile.txt', '', []],
  ['a long line', 'conanfile.txt', `[requires]\n${'a/'.repeat(100_000)}\nb/1\n`, ['unpinned', 'conan b 1 declared']],
  ['binary', 'conanfile.txt', '\0\xff\n[requires]\na/1', ['malformed 1']],
  ['empty', 'vcpkg/status', '', []],
  [
    'damage',
    'vcpkg/status',
    'Package: a\nwhat\nStatus: install ok installed\n\nPackage: b\nVersion: 1\nStat',
    ['malformed 2', 'malformed 7', 'unpinned'],
  ],
  ['empty', 'vcpkg.json', '', ['truncated']],
  [
    'wrong kinds',
    'vcpkg.json',
    '{"dependencies":[1,{},"a"],"overrides":[1,{"name":"b","version":2}]}',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
