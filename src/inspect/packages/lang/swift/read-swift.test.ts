import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { swift } from './index.ts';
import { toRepositoryName } from './resolved.ts';

const find = (path: string, content: string | Buffer) => readFileBy(swift, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const lamp = 'swift git.example.org/keeper/Lamp 5.4.3 declared';

const files: Readonly<Record<string, readonly string[]>> = {
  'v1/Package.resolved': [
    lamp,
    'swift git.example.org/keeper/tides 194920c3f7d0bd6ab03bfe6e48b701acca3d2c9c declared git@git.example.org:keeper/tides.git#194920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ],
  'v2/Package.resolved': [lamp, 'swift /srv/local 1.0.0 declared /srv/local#294920c3f7d0bd6ab03bfe6e48b701acca3d2c9c'],
  'v3/Package.resolved': ['swift keeper.buoy 2.0.0 declared', lamp],
  'Podfile.lock': [
    'cocoapods Lamp 4.0.1 declared',
    'cocoapods NSData+Tides 1.2 declared',
    'cocoapods Buoy 0.1.0 declared https://git.example.org/buoy.git#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path, testdata(path)), rows));

test('purls', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const item of await find('Package.resolved', testdata('v2/Package.resolved')))
    if (item.kind === 'package' && !item.origin) list.add(item, { path: 'Package.resolved' });
  assert.equal(list.toSorted()[0]?.purl, 'pkg:swift/git.example.org/keeper/Lamp@5.4.3');
});

const addresses: Readonly<Record<string, string>> = {
  'https://Git.example.org/a/b.git': 'git.example.org/a/b',
  'https://user:word@git.example.org/a/b/': 'git.example.org/a/b',
  'git@git.example.org:a/b.git': 'git.example.org/a/b',
  'ssh://git@git.example.org:22/a/b': 'git.example.org/a/b',
  'git.example.org/a/b': 'git.example.org/a/b',
  '../b': '../b',
};
for (const [address, name] of Object.entries(addresses))
  test(`the name of ${address}`, () => assert.equal(toRepositoryName(address), name));

const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', 'Package.resolved', '', ['truncated']],
  ['no pins', 'Package.resolved', '{"version":2}', ['malformed']],
  ['a newer version', 'Package.resolved', '{"version":9,"pins":[]}', ['unsupported']],
  [
    'wrong kinds',
    'Package.resolved',
    '{"version":2,"pins":[1,{"location":{},"state":[]},{"identity":"a","state":{"version":1}}]}',
    ['incomplete', 'incomplete', 'incomplete'],
  ],
  ['empty', 'Podfile.lock', '', ['truncated']],
  ['without pods', 'Podfile.lock', 'PODFILE CHECKSUM: a\nCOCOAPODS: 1.12.1\n', []],
  ['no lock', 'Podfile.lock', 'a: b\n', ['malformed']],
  [
    'wrong kinds',
    'Podfile.lock',
    'PODS: [a, {}, [], {b (1): []}]',
    ['incomplete', 'incomplete', 'incomplete', 'cocoapods b 1 declared'],
  ],
  ['cut off', 'Podfile.lock', 'PODS:\n  - "a (1', ['malformed 2']],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
