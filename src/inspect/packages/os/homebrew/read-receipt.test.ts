import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { homebrew } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8');
const formula = 'home/linuxbrew/.linuxbrew/Cellar/hull@2/2.4.1_3/INSTALL_RECEIPT.json';
const cask = 'opt/homebrew/Caskroom/rudder/.metadata/INSTALL_RECEIPT.json';
const find = (path: string, content: string) => readFileBy(homebrew, path, content);

test('a formula with its revision, and a cask of another tap', async () => {
  const { packages } = joinFacts([
    { path: formula, found: await find(formula, testdata('formula')) },
    { path: cask, found: await find(cask, testdata('cask')) },
  ]);
  assert.deepEqual(
    packages.map(({ purl, origin, state }) => [purl, origin, state]),
    [
      ['pkg:brew/hull%402@2.4.1_3?arch=x86_64', undefined, 'installed'],
      ['pkg:brew/rudder@3.1%2C88?arch=arm64', 'shipyard/tools', 'installed'],
    ],
  );
});

test('only in their places', () => {
  const selector = new FileSelector([homebrew]);
  for (const path of [formula, cask]) assert.ok(selector.wantsName(path), path);
  for (const path of [
    'opt/INSTALL_RECEIPT.json',
    'opt/Cellar/a/INSTALL_RECEIPT.json',
    'opt/Cellar/a/1/b/INSTALL_RECEIPT.json',
  ])
    assert.ok(!selector.wantsName(path), path);
});

const row = 'brew hull@2 2.4.1_3 installed';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', formula, '', ['truncated', row]],
  ['cut off', formula, testdata('formula').slice(0, 300), ['malformed', row]],
  ['a list', formula, '[]', ['malformed', row]],
  ['other kinds', formula, '{"source":[],"arch":{}}', [row]],
  ['too many values', formula, `[${'0,'.repeat(1_100_000)}0]`, ['too-many', row]],
  ['a cask cut off', cask, '{', ['malformed 1']],
  ['a cask without version', cask, '{"source":{}}', ['unpinned']],
  ['a version not in UTF-8', cask, '{"source":{"version":"\u0000"}}', ['malformed 1']],
];
for (const [title, path, content, rows] of cases)
  test(`damaged: ${title}`, async () => assert.deepEqual(rowsOf(await find(path, content)), rows));
