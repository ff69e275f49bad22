import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readVsix } from './read-vsix.ts';

const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const find = (bytes: Buffer) => [...readVsix({ path: 'srv/lamp.vsix', content: accessBytes(bytes) }, defaultLimits)];
const whole = testdata('lamp-1.4.2.vsix');
const row = 'vscode-extension acme-works/lamp 1.4.2 declared';

test('for every platform', () => assert.deepEqual(rowsOf(find(whole)), [row]));

test('for one platform', () => {
  const found = find(testdata('pre.vsix'));
  assert.deepEqual(rowsOf(found), [row]);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].purl, { qualifiers: { platform: 'linux-x64' } });
});

const damaged: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), ['truncated 0']],
  ['no archive', Buffer.alloc(5000, 'x'), ['truncated 5000']],
  ['cut off', whole.subarray(0, 1000), ['truncated 1000']],
  [
    'no manifest',
    Buffer.from(whole.toString('latin1').replaceAll('vsixmanifest', 'vsixmanifesu'), 'latin1'),
    ['incomplete'],
  ],
];
for (const [title, bytes, rows] of damaged) test(`vsix: ${title}`, () => assert.deepEqual(rowsOf(find(bytes)), rows));

test('a byte that is wrong throws nothing', () => {
  for (let at = 0; at < whole.length; at++) {
    const broken = Buffer.from(whole);
    broken[at]! ^= 0xff;
    find(broken);
  }
});
