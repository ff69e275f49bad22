import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { deno } from './index.ts';

const find = (content: string | Buffer) => readFileBy(deno, 'deno.lock', content);
const read = async (content: string | Buffer) => rowsOf(await find(content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

const files: Readonly<Record<string, readonly string[]>> = {
  'deno.lock': [
    ...['ansi-styles 4.3.0', 'chalk 5.3.0', 'color-convert 2.0.1', 'color-name 1.1.4', 'js-tokens 4.0.0'],
    ...['loose-envify 1.4.0', 'react-dom 18.2.0', 'react 18.3.1', 'scheduler 0.23.2'],
  ].map((pin) => `npm ${pin} declared`),
  'deno-3.lock': [
    'npm chalk 5.3.0 declared',
    'generic @std/assert 0.224.0 declared',
    'generic @std/fmt 0.224.0 declared',
  ],
  'deno-2.lock': ['npm @types/node 18.11.9 declared'],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(testdata(path)), rows));

test('purls', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const item of await find(testdata('deno-3.lock')))
    if (item.kind === 'package') list.add(item, { path: 'deno.lock' });
  assert.deepEqual(
    list.toSorted().map(({ purl }) => purl),
    ['pkg:generic/jsr/%40std/assert@0.224.0', 'pkg:generic/jsr/%40std/fmt@0.224.0', 'pkg:npm/chalk@5.3.0'],
  );
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', ['truncated']],
  ['cut off', '{"version": "5"', ['malformed 1']],
  ['without packages', '{"version": "5"}', []],
  ['another version', '{"version": "9", "npm": {"a@1": {}}}', ['unsupported', 'npm a 1 declared']],
  ['wrong kinds', '{"version": 4, "npm": ["a@1"], "jsr": {"@a": 1, "": 2}}', ['incomplete', 'unpinned']],
  [
    'packages called as the parts of version 2',
    '{"version": "5", "npm": {"packages@1.0.0": {}}}',
    ['npm packages 1.0.0 declared'],
  ],
];
for (const [title, content, rows] of cases)
  test(`deno.lock: ${title}`, async () => assert.deepEqual(await read(content), rows));
