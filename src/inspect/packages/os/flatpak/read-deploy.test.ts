import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { flatpak } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}.deploy`, import.meta.url));
const hull = testdata('org.example.Hull');
const hullCommit = 'c99686187b1ae88db46ea08a62fad5b9343f1f5d2b804623dbb5ff400a9bab32';
const hullPath = `var/lib/flatpak/app/org.example.Hull/x86_64/stable/${hullCommit}/deploy`;
const platformPath =
  'var/lib/flatpak/runtime/org.example.Platform/x86_64/22.08/af572cdc233518e9e4f410f7426384a61c15ebc0a98fd305f84bb2c305ae54d9/deploy';
const read = (bytes: Buffer, path = hullPath) => readFileBy(flatpak, path, bytes);

test('what flatpak lists', async () => {
  const { packages, problems } = joinFacts([
    { path: hullPath, found: await read(hull) },
    { path: platformPath, found: await read(testdata('org.example.Platform'), platformPath) },
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    packages.map(({ purl, state, licenses }) => [purl, state, licenses?.join()]),
    [
      ['pkg:flatpak/org.example.Hull@2.4.1?arch=x86_64', 'installed', 'MIT'],
      ['pkg:flatpak/org.example.Platform@22.08?arch=x86_64', 'installed', undefined],
    ],
  );
});

test('for all users, and for one', () => {
  const selector = new FileSelector([flatpak]);
  for (const path of [hullPath, platformPath, `home/ann/.local/share/${hullPath.slice('var/lib/'.length)}`])
    assert.ok(selector.wantsName(path), path);
  for (const path of ['usr/bin/deploy', 'app/a/b/c/d/deploy', hullPath.replace('/app/', '/apps/')])
    assert.ok(!selector.wantsName(path), path);
});

const changed = (from: string, to: string) => Buffer.from(hull.toString('latin1').replace(from, to), 'latin1');
const byBranch = 'flatpak org.example.Hull stable installed';
const cases: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), ['truncated', byBranch]],
  ['cut off before the version', hull.subarray(0, 100), [byBranch]],
  ['cut off in the version', hull.subarray(0, hull.indexOf('2.4.1') + 3), [byBranch]],
  ['of another commit', changed('c99686', 'd99686'), ['malformed', 'flatpak org.example.Hull 2.4.1 installed']],
  ['a version that is no text', changed('2.4.1\0\0s', '2.4.1\0\0t'), [byBranch]],
  ['a version without end', changed('2.4.1\0', `2.4.1${'1'.repeat(9000)}`), [byBranch]],
  ['a version with a space', changed('2.4.1', '2 4.1'), ['incomplete']],
  ['not UTF-8', changed('2.4.1', '2.\xff.1'), ['flatpak org.example.Hull 2.\ufffd.1 installed']],
];
for (const [title, bytes, rows] of cases)
  test(`a record: ${title}`, async () => assert.deepEqual(rowsOf(await read(bytes)), rows));
