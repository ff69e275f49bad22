import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { conda } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(conda, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

test('installed packages', async () => {
  const path = 'conda-meta/lamp-1.2.0-0.json';
  assert.deepEqual(await find(path, testdata(path)), [
    { kind: 'package', type: 'conda', name: 'lamp', version: '1.2.0', state: 'installed', licenses: ['MIT'] },
  ]);
  const other = 'conda-meta/oil-2021.10.8-0.json';
  assert.deepEqual(await read(other, testdata(other)), ['conda oil 2021.10.8 installed']);
});

test('environment.yml', async () => {
  const found = await find('environment.yml', testdata('environment.yml'));
  assert.deepEqual(rowsOf(found), [
    'unpinned',
    'conda numpy 1.21.2 declared',
    'conda lamp 0.3 declared',
    'conda openssl 1.1.1k declared',
    'pypi jinja2 2.10 declared',
    'pypi requests 2.25.0 declared',
  ]);
  assert.match(JSON.stringify(found[0]), /packages without a version \(4: python, tides, pip, flask\)/);
});

const record = 'opt/conda/conda-meta/a-1-0.json';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', record, '', ['truncated']],
  ['cut off', record, '{"name": "a"', ['malformed 1']],
  ['wrong kinds', record, '{"name": [], "version": 1}', ['incomplete']],
  ['no version', record, '{"name": "a", "license": 7}', ['unpinned']],
  ['another program', 'environment.yml', 'services:\n  - a\n', []],
  ['empty', 'environment.yml', '', ['truncated']],
  ['wrong kinds', 'environment.yml', 'dependencies: [[1], {pip: a}, {pip: [[]]}, "=="]', ['incomplete', 'incomplete']],
  ['too deep', 'environment.yml', `a: ${'['.repeat(1000)}`, ['too-deep 1']],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
