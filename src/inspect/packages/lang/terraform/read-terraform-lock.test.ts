import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { terraform } from './index.ts';

const read = async (content: string | Buffer) => rowsOf(await readFileBy(terraform, '.terraform.lock.hcl', content));
const whole = readFileSync(new URL('testdata/terraform.lock.hcl', import.meta.url), 'utf8');
const rows = [
  'terraform registry.example.org/acme/lamp 1.4.0 declared',
  'terraform registry.example.org/acme/tide 0.2.1-beta2 declared',
  'terraform registry.example.org/harbour/quay 3.0.0 declared',
];

test('providers, as `terraform version` shows them', async () => assert.deepEqual(await read(whole), rows));

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['empty', '', []],
  ['with the line ends of Windows', whole.replaceAll('\n', '\r\n'), rows],
  ['cut off', whole.slice(0, whole.indexOf('harbour') + 40), ['truncated 20', ...rows.slice(0, 2)]],
  [
    'an entry inside another',
    'provider "a" {\nprovider "b" {\n  version = "1"\n}\n',
    ['truncated 1', 'terraform b 1 declared'],
  ],
  ['no version', 'provider "a" {\n}\n', ['unpinned']],
  ['something else', '{"a": 1}\n', ['malformed 1']],
  ['in UTF-16', Buffer.from(whole, 'utf16le').toString('latin1'), ['malformed 2']],
  ['a long line', `provider "a" {\n${'x'.repeat(5_000_000)}\n  version = "1"\n}`, ['terraform a 1 declared']],
];
for (const [title, content, expected] of cases)
  test(`lock: ${title}`, async () => assert.deepEqual(await read(content), expected));
