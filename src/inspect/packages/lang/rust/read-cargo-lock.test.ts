import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pinsOf, rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { rust } from './index.ts';

const read = (content: string | Buffer) => readFileBy(rust, 'srv/app/Cargo.lock', content);
const textOf = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url), 'utf8');

test('the same as cargo metadata', async () => {
  const found = await read(textOf('Cargo.lock'));
  assert.deepEqual(pinsOf(found), textOf('Cargo.lock.txt').trim().split('\n'));
  assert.deepEqual(
    rowsOf(found).filter((row) => !row.endsWith('declared')),
    [
      'cargo app 0.1.0 declared file:srv/app',
      'cargo gitcrate 0.3.0 declared git+https://git.example.org/gitcrate#1db30885dbf28af5c5fc0362b8f5ba12ea81dd58',
      'cargo member 0.2.0 declared file:srv/app',
    ],
  );
});

const one = '[[package]]\nname = "a"\nversion = "1.0.0"\nsource = "registry+https://crates.example.org/index"\n';
const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  [
    'version 1',
    `${one}dependencies = ["b 1.0.0 (registry+https://crates.example.org/index)"]\n[metadata]\n"checksum a 1.0.0 (x)" = "0"`,
    ['cargo a 1.0.0 declared'],
  ],
  ['sparse registry', one.replace('registry+', 'sparse+'), ['cargo a 1.0.0 declared']],
  ['a newer version', `version = 9\n${one}`, ['unsupported', 'cargo a 1.0.0 declared']],
  ['empty', '', ['truncated']],
  ['no packages', 'version = 4\n', ['malformed']],
  ['cut off', `${one}[[package]]\nname = "b`, ['malformed 6']],
  ['no version', `${one}[[package]]\nname = "b"\n`, ['unpinned', 'cargo a 1.0.0 declared']],
  [
    'wrong kinds',
    `${one}[[package]]\nname = {}\nversion = []\n[[package]]\nname = "b"\nversion = 1\n`,
    ['incomplete', 'incomplete', 'cargo a 1.0.0 declared'],
  ],
  ['a table for the list', '[package]\nname = "a"\n', ['malformed']],
  ['binary', '\0\x01\xff', ['malformed 1']],
  ['too deep', `a = ${'['.repeat(100_000)}`, ['too-deep']],
];
for (const [title, content, rows] of cases)
  test(`Cargo.lock: ${title}`, async () => assert.deepEqual(rowsOf(await read(content)), rows));

test('a lock file of a crate that was fetched is not read', () => {
  const selector = new FileSelector([rust]);
  assert.ok(selector.wants('srv/app/Cargo.lock') > 0);
  assert.equal(selector.wants('usr/local/cargo/registry/src/crates.example.org-00/lamp-1.0.0/Cargo.lock'), 0);
});
