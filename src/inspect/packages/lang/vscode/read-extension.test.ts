import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { vscode } from './index.ts';

const manifest = 'srv/extension.vsixmanifest';
const json = 'root/.vscode-server/extensions/acme-works.lamp-1.4.2/package.json';
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const find = (path: string, content: string | Buffer) => readFileBy(vscode, path, content);
const row = 'vscode-extension acme-works/lamp 1.4.2 installed';

test('the manifest of an archive', async () => {
  const found = await find(manifest, testdata('extension.vsixmanifest'));
  assert.deepEqual(rowsOf(found), [row]);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].purl, { qualifiers: { platform: 'linux-x64' } });
});

test('the manifest of an extension', async () => {
  const found = await find(json, testdata('package.json'));
  assert.deepEqual(rowsOf(found), [row]);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].licenses, ['MIT']);
});

const extension = (more: string) => `{"engines": {"vscode": "*"}${more}}`;
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', json, '', ['truncated']],
  ['cut off', json, testdata('package.json').toString().slice(0, 100), ['malformed 5']],
  ['no extension', json, '{"name": "a", "version": "1.0.0", "engines": {"node": "*"}}', []],
  ['wrong kinds', json, '{"engines": ["vscode"]}', []],
  ['no publisher', json, extension(', "name": "a", "version": "1.0.0"'), ['incomplete']],
  ['no version', json, extension(', "name": "a", "publisher": "b"'), ['unpinned']],
  ['a version of many', json, extension(', "name": "a", "publisher": "b", "version": ["1"]'), ['incomplete']],
  ['too many', json, `{"a": [${'1,'.repeat(1_100_000)}1]}`, ['too-many']],
  ['empty', manifest, '', ['truncated 1']],
  ['another', manifest, '<PackageManifest><Metadata/></PackageManifest>', ['unidentified']],
  ['too deep', manifest, '<a>'.repeat(1000), ['too-deep 1']],
];
for (const [title, path, content, rows] of cases)
  test(`${path.slice(path.lastIndexOf('/') + 1)}: ${title}`, async () =>
    assert.deepEqual(rowsOf(await find(path, content)), rows));
