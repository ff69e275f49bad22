import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { julia } from './index.ts';

const find = (content: string | Buffer) => readFileBy(julia, 'Manifest.toml', content);
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

test('format 2', async () =>
  assert.deepEqual(rowsOf(await find(testdata('Manifest.toml'))), [
    'julia Dates 1.9.3 declared',
    'julia HTTP 1.10.0 declared',
    'julia Lamp 0.2.0 declared https://git.example.org/Lamp.jl.git#main',
    'julia Tides 0.1.0 declared file:../Tides',
  ]));

test('format 1', async () =>
  assert.deepEqual(rowsOf(await find(testdata('format1/Manifest.toml'))), ['unpinned', 'julia HTTP 0.9.17 declared']));

test('purls have the identifier', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const item of await find(testdata('Manifest.toml')))
    if (item.kind === 'package') list.add(item, { path: 'Manifest.toml' });
  const http = list.toSorted().find(({ name }) => name === 'HTTP');
  assert.equal(http?.purl, 'pkg:julia/HTTP@1.10.0?uuid=cd3eb016-35fb-5094-929b-558a96fad6f3');
  assert.ok(http && !Object.keys(http).includes('qualifiers'));
});

test('names of manifests', () => {
  const selector = new FileSelector([julia]);
  const isRead = (path: string) => selector.wants(path) > 0;
  assert.ok(['Manifest.toml', 'a/JuliaManifest.toml', 'a/Manifest-v1.11.toml', 'JuliaManifest-v1.toml'].every(isRead));
  assert.ok(!['Manifest-x.toml', 'Project.toml', 'a/xManifest-v1.toml'].some(isRead));
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', []],
  ['of another program', 'a = 1\n[b]\nc = "d"\n', []],
  ['without packages', 'julia_version = "1.9.3"\nmanifest_format = "2.0"\n[deps]\n', []],
  [
    'wrong kinds',
    '[deps]\na = 1\nb = [1, {version = 2}]\n[[deps.c]]\nversion = "1"\nuuid = []\n',
    ['incomplete', 'julia c 1 declared'],
  ],
  ['cut off', '[[deps.a]]\nversion = "1', ['malformed 2']],
  ['too deep', `a = ${'['.repeat(1000)}`, ['too-deep']],
  ['binary', '\0\xff', ['malformed 1']],
];
for (const [title, content, rows] of cases)
  test(`Manifest.toml: ${title}`, async () => assert.deepEqual(rowsOf(await find(content)), rows));
