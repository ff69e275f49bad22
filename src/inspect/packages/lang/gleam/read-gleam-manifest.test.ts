import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { gleam } from './index.ts';

const read = async (content: string | Buffer) => rowsOf(await readFileBy(gleam, 'manifest.toml', content));
const whole = readFileSync(new URL('testdata/manifest.toml', import.meta.url), 'utf8');

test('packages of Hex, git and folders', async () =>
  assert.deepEqual(await read(whole), [
    'hex gleam_lamp 0.34.0 declared',
    'hex own 1.0.0 declared file:../own',
    'hex tide 2.1.0 declared https://git.example.org/tide#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ]));

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', []],
  ['of another tool', '[requirements]\na = "1"\n', []],
  ['cut off', whole.slice(0, 200), ['malformed 5']],
  ['wrong kinds', 'packages = [1, {name = 2, version = "1"}, {name = "a"}]', ['incomplete', 'unpinned']],
  ['no list', 'packages = "a"', []],
  ['too deep', `packages = ${'['.repeat(1000)}`, ['too-deep']],
];
for (const [title, content, rows] of cases)
  test(`manifest: ${title}`, async () => assert.deepEqual(await read(content), rows));
