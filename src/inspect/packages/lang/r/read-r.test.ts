import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { r } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(r, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

test('installed packages', async () => {
  const [found] = await find('usr/lib/R/library/harbour/DESCRIPTION', testdata('harbour/DESCRIPTION'));
  assert.deepEqual(found, {
    kind: 'package',
    type: 'cran',
    name: 'harbour',
    version: '1.2-3',
    state: 'installed',
    licenses: ['GPL (>= 2) | file LICENSE'],
  });
  assert.deepEqual(await read('stats/DESCRIPTION', testdata('stats/DESCRIPTION')), ['cran stats 4.2.2 installed']);
});

test('renv.lock', async () => {
  assert.deepEqual(await read('renv.lock', testdata('renv.lock')), [
    'cran BiocGenerics 0.44.0 declared Bioconductor',
    'cran lamp 0.0.1.9000 declared github:keeper/lamp#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
    'cran markdown 1.0 declared',
    'cran tides 0.2 declared libs/tides',
  ]);
});

const description = 'a/DESCRIPTION';
const built = 'Built: R 4.2.2; ; 2026; unix\n';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'of CRAN',
    description,
    `Package: a\nVersion: 1\nRepository: CRAN\nRemoteType: standard\n${built}`,
    ['cran a 1 installed'],
  ],
  [
    'of Bioconductor',
    description,
    `Package: a\nVersion: 1\nbiocViews: Infrastructure\n${built}`,
    ['cran a 1 installed Bioconductor'],
  ],
  [
    'from git',
    description,
    `Package: a\nVersion: 1\nRemoteType: git2r\nRemoteUrl: https://u:p@example.org/a.git\nRemoteSha: 00\n${built}`,
    ['cran a 1 installed https://example.org/a.git#00'],
  ],
  ['sources', description, 'Package: a\nVersion: 1\n', []],
  ['of another program', description, 'A description.\n\nOf something.', []],
  ['empty', description, '', []],
  ['no version', description, `Package: a\n${built}`, ['unpinned']],
  ['no name', description, `Version: 1\n${built}`, ['incomplete']],
  ['binary', description, '\0\xff', []],
  ['too long', description, `Package: a\nX: ${'x'.repeat(2 << 20)}\nVersion: 1\n${built}`, []],
  ['empty lock', 'renv.lock', '', ['truncated']],
  ['no packages', 'renv.lock', '{}', ['malformed']],
  ['cut off', 'renv.lock', '{"Packages": {"a"', ['malformed 1']],
  [
    'wrong kinds',
    'renv.lock',
    '{"Packages": {"a": 1, "b": {"Version": 1}, "c": {"Package": {}, "Version": "1"}}}',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
];
for (const [title, path, content, rows] of cases)
  test(`R: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
