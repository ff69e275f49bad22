import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { joinFacts } from '../../join.ts';
import { bottlerocket } from './index.ts';

const path = 'usr/share/bottlerocket/application-inventory.json';
const inventory = readFileSync(new URL('./testdata/application-inventory.json', import.meta.url), 'utf8');
const find = (content: string) => readFileBy(bottlerocket, path, content);

test('packages with their release, and an epoch that is not 0', async () => {
  const { packages } = joinFacts([{ path, found: await find(inventory) }]);
  assert.deepEqual(
    packages.map(({ purl, version, maintainer }) => [purl, version, maintainer]),
    [
      [
        'pkg:bottlerocket/hull@2.38-1.1716931200.7c8f2a3d.br1?arch=x86_64',
        '2.38-1.1716931200.7c8f2a3d.br1',
        'Bottlerocket',
      ],
      [
        'pkg:bottlerocket/keel@1:1.3-1.1716931200.7c8f2a3d.br1?arch=x86_64',
        '1:1.3-1.1716931200.7c8f2a3d.br1',
        'Bottlerocket',
      ],
    ],
  );
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['no release', '{"Content":[{"Name":"a","Version":"1"}]}', ['bottlerocket a 1 installed']],
  ['empty', '', ['truncated']],
  ['cut off', '{"Content":[', ['truncated']],
  ['no list', '{"Content":"a"}', ['malformed']],
  ['other kinds', '{"Content":[null,7,{"Name":["a"],"Version":1}]}', Array(3).fill('incomplete')],
  ['no version', '{"Content":[{"Name":"a","Release":"1"}]}', ['unpinned']],
  ['not UTF-8', '{"Content":[{"Name":"a\x00"}]}', ['malformed 1']],
  ['too many values', `[${'0,'.repeat(1_100_000)}0]`, ['too-many']],
];
for (const [title, content, rows] of cases)
  test(`an inventory: ${title}`, async () => assert.deepEqual(rowsOf(await find(content)), rows));
