import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { ocaml } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(ocaml, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

for (const folder of ['lamp.1.0.2', 'oil.2.3~beta1'])
  test(`${folder} is installed`, async () => {
    const path = `.opam-switch/packages/${folder}/opam`;
    const found = await find(path, testdata(path));
    assert.deepEqual(rowsOf(found), [`opam ${folder.replace('.', ' ')} installed`]);
    assert.deepEqual(found[0]?.kind === 'package' && found[0].licenses, ['MIT']);
  });

test('opam lock', async () =>
  assert.deepEqual(await read('harbour.opam.locked', testdata('harbour.opam.locked')), [
    'opam conf-light 1 declared',
    'opam lamp 1.0.2 declared',
    'opam oil 2.3~beta1 declared dev',
  ]));

test('other files of opam are not read', () => {
  const selector = new FileSelector([ocaml]);
  for (const path of ['srv/opam', 'srv/a.opam', 'root/.opam/repo/default/packages/a/a.1/opam'])
    assert.equal(selector.wants(path), 0);
});

const lock = 'a.opam.locked';
const head = 'opam-version: "2.0"\n';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['an empty file', '.opam-switch/packages/a.1/opam', '', ['opam a 1 installed']],
  ['a folder without version', '.opam-switch/packages/a/opam', head, ['unpinned']],
  [
    'pins',
    lock,
    `${head}depends: [ "a" {= "dev"} ]\npin-depends: [ [ "a.dev" "git+https://example.org/a#00" ] ]`,
    ['opam a dev declared git+https://example.org/a#00'],
  ],
  [
    'ranges and conditions',
    lock,
    `${head}depends: [ "a" {>= "1" & < "2"} "b" {= "1" & os != "win32"} ("c" | "d") ]`,
    ['unpinned', 'opam b 1 declared'],
  ],
  ['one dependency without brackets', lock, `${head}depends: "a" {= "1"}`, ['opam a 1 declared']],
  ['empty lock', lock, '', ['malformed']],
  ['cut off', lock, `${head}depends: [ "a" {= "1"} "b" {= "`, ['unpinned', 'opam a 1 declared']],
  ['brackets that do not fit', lock, `${head}depends: ]]]] "a" {= "1"}`, ['opam a 1 declared']],
  ['a flood', lock, `${head}depends: [ ${'"'.repeat(1_000_000)}`, Array.from({ length: 20 }, () => 'incomplete')],
  ['quotes that nobody closes', lock, `${head}depends: ${'\\"'.repeat(1_000_000)}`, ['incomplete']],
  ['binary', lock, '\0\xff', ['malformed']],
];
for (const [title, path, content, rows] of cases)
  test(`opam: ${title}`, async () => assert.deepEqual((await read(path, content)).slice(0, 20), rows));
