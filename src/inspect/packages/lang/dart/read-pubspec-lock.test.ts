import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { dart } from './index.ts';

const read = async (content: string | Buffer) => rowsOf(await readFileBy(dart, 'pubspec.lock', content));

test('pubspec.lock', async () => {
  const content = readFileSync(new URL('testdata/pubspec.lock', import.meta.url));
  assert.deepEqual(await read(content), [
    'pub flutter 0.0.0 declared sdk',
    'pub http 0.13.6 declared',
    'pub lamp 1.2.0 declared https://git.example.org/lamp.git#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
    'pub lints 2.0.1 declared dev',
    'pub tides 0.0.1 declared file:../tides',
  ]);
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', ['truncated']],
  ['without packages', 'packages: {}\nsdks: {}\n', []],
  ['cut off', 'packages:\n  a:\n    source: hosted\n    version: "1', ['malformed 4']],
  ['packages that are a list', 'packages: []', ['malformed']],
  [
    'wrong kinds',
    'packages: {a: 1, b: {version: []}, c: {source: hosted, version: 1.0}}',
    ['incomplete', 'unpinned', 'pub c 1.0 declared'],
  ],
  ['aliases', 'a: &a {}\npackages: *a', ['malformed 2']],
  ['too deep', `packages: ${'{a: '.repeat(1000)}`, ['too-deep 1']],
  ['binary', '\0\xff', ['malformed 1']],
];
for (const [title, content, rows] of cases)
  test(`pubspec.lock: ${title}`, async () => assert.deepEqual(await read(content), rows));
