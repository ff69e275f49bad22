import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { nim } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(nim, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const installed = 'root/.nimble/pkgs/lamp-1.2.0/lamp.nimble';
const commit = '1f3cd9c99626e09c7e110c36b384dbda4f41e12a';

test('what Nimble installed', async () =>
  assert.deepEqual(await read(installed, testdata('lamp.nimble')), ['nim lamp 1.2.0 installed']));

test('what Nimble locks', async () =>
  assert.deepEqual(await read('nimble.lock', testdata('nimble.lock')), [
    'nim lamp 1.2.0 declared',
    `nim tide ${commit} declared https://git.example.org/tide#${commit}`,
    'nim quay 0.3.1 declared dev',
  ]));

const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', 'nimble.lock', '', ['truncated']],
  ['cut off', 'nimble.lock', '{"packages": {"a": {"version": "1', ['malformed 1']],
  [
    'wrong kinds',
    'nimble.lock',
    '{"packages": {"a": 1, "b c": {"version": "1"}}, "tasks": [1]}',
    ['incomplete', 'unpinned'],
  ],
  ['by its folder', installed, 'import x\nversion = x.version\n', ['nim lamp 1.2.0 installed']],
  ['empty, by its folder', `a/pkgs2/lamp-0.2-${commit}/lamp.nimble`, '', ['nim lamp 0.2 installed']],
  ['the older form', installed, '[Package]\nname: "lamp"\nVersion: "1.3"\n', ['nim lamp 1.3 installed']],
  ['no version', 'pkgs/lamp/lamp.nimble', '\0\xff', ['unpinned']],
  ['a version with a space', installed, 'version = "1 2"', ['incomplete']],
];
for (const [title, path, content, rows] of cases)
  test(`${path.slice(path.lastIndexOf('/') + 1)}: ${title}`, async () =>
    assert.deepEqual(await read(path, content), rows));
