import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { githubActions } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(githubActions, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const ci = '.github/workflows/ci.yml';

const files: Readonly<Record<string, readonly string[]>> = {
  [ci]: [
    'unpinned',
    'githubactions acme/setup v4.2.2 declared',
    'githubactions acme/caches v4.1.0 declared',
    'githubactions acme/lamp 6f4d5b5a1bb1d2dd4a7f4c1e7a2b3c4d5e6f7a8b declared',
    'docker registry.example.org/harbour/lint 1.2.3 declared',
    'githubactions harbour/shared v2.0.1 declared',
    'githubactions acme/edge main declared',
  ],
  'action.yml': ['githubactions acme/setup v5.0.0 declared'],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path, testdata(path)), rows));

const job = (uses: string) => `jobs:\n  a:\n    steps:\n    - uses: ${uses}\n`;
const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', ['truncated']],
  ['cut off', testdata(ci).toString().slice(0, 120), ['unpinned']],
  ['no workflow', 'a: 1\nruns: [1]\njobs: {a: 1, b: [2], c: {steps: 3}, d: {steps: [4, {uses: [5]}]}}\n', []],
  ['no mapping', '- a\n', ['malformed']],
  ['binary', '\0\xff', ['malformed 1']],
  ['too deep', `a: ${'['.repeat(100_000)}`, ['too-deep 1']],
  ['no owner', job('checkout@v1.0.0'), ['incomplete']],
  ['no version', job('a/b'), ['unpinned']],
  ['an image by its digest', job('docker://a:5000/b@sha256:00'), ['docker a:5000/b sha256:00 declared']],
  ['a comment that is no version', job(`a/b@${'0'.repeat(40)} # v4`), [`githubactions a/b ${'0'.repeat(40)} declared`]],
  ['a template', job('"{{ action }}"'), ['incomplete']],
];
for (const [title, content, rows] of cases)
  test(`workflow: ${title}`, async () => assert.deepEqual(await read(ci, content), rows));

test('workflows of what was fetched are not read', () => {
  const selector = new FileSelector([githubActions]);
  for (const path of ['srv/.github/workflows/a.yaml', '.github/workflows/a.yml', 'srv/action.yml'])
    assert.ok(selector.wants(path) > 0, path);
  for (const path of [`srv/node_modules/a/${ci}`, 'srv/vendor/a/action.yml', 'srv/workflows/a.yml'])
    assert.equal(selector.wants(path), 0, path);
});
