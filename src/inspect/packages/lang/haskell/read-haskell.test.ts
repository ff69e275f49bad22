import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { haskell } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(haskell, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const frozen = [
  ...[
    'array 0.5.4.0',
    'base 4.15.1.0',
    'binary 0.8.8.0',
    'bytestring 0.10.12.1',
    'containers 0.6.4.1',
    'deepseq 1.4.5.0',
  ],
  ...[
    'ghc-bignum 1.1',
    'ghc-boot-th 9.0.2',
    'ghc-prim 0.7.0',
    'pretty 1.1.3.6',
    'rts 1.0.2',
    'template-haskell 2.17.0.0',
  ],
  'text 1.2.5.0',
];
const files: Readonly<Record<string, readonly string[]>> = {
  'package.conf.d/text-1.2.5.0.conf': ['hackage text 1.2.5.0 installed'],
  'package.conf.d/base-4.15.1.0.conf': ['hackage base 4.15.1.0 installed'],
  'package.conf.d/rts.conf': ['hackage rts 1.0.2 installed'],
  'cabal.project.freeze': frozen.map((pin) => `hackage ${pin} declared`),
  'stack.yaml': ['hackage acme-missiles 0.3 declared', 'hackage lamp 1.2.0.1 declared'],
  'stack.yaml.lock': [
    'hackage acme-missiles 0.3 declared',
    'hackage tide 0.4.1 declared https://git.example.org/tide.git#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path, testdata(path)), rows));

const freeze = 'cabal.project.freeze';
const conf = 'package.db/a.conf';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'flags and comments',
    freeze,
    'constraints: any.a ==1,\n -- b ==2,\n a +x -y,\n c ==3\nindex-state: 2026',
    ['hackage a 1 declared', 'hackage c 3 declared'],
  ],
  ['ranges', freeze, 'constraints: a >=1 && <2, b installed', ['malformed', 'unpinned']],
  ['empty', freeze, '', ['malformed']],
  ['cut off', freeze, 'constraints: any.a ==1,\n any.b =', ['malformed', 'hackage a 1 declared']],
  ['a part of a package', conf, 'name: z-a-z-b\npackage-name: a\nlib-name: b\nversion: 1\n', ['hackage a 1 installed']],
  ['an empty record', conf, '', ['incomplete']],
  ['a record without version', conf, 'name: a\n', ['incomplete']],
  ['an empty lock', 'stack.yaml.lock', '', ['truncated']],
  [
    'wrong kinds',
    'stack.yaml.lock',
    'packages: [1, {completed: []}, {completed: {hackage: nonsense}}]',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
  ['packages that are a text', 'stack.yaml.lock', 'packages: a', ['malformed']],
  ['aliases', 'stack.yaml.lock', 'a: &a [1]\nb: *a', ['malformed 2']],
  ['no extra-deps', 'stack.yaml', 'resolver: lts-1.0\nextra-deps:\n', []],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
