import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readWheel } from './read-wheel.ts';

const name = 'keel-2.4.1-py3-none-any.whl';
const whole = readFileSync(new URL(`testdata/${name}`, import.meta.url));
const find = (bytes: Buffer) => [...readWheel({ path: `srv/${name}`, content: accessBytes(bytes) }, defaultLimits)];
const replace = (from: string, to: string) => Buffer.from(whole.toString('latin1').replaceAll(from, to), 'latin1');

test('a wheel is what its metadata says, and not installed', () => {
  const found = find(whole);
  assert.deepEqual(rowsOf(found), ['pypi keel 2.4.1 declared']);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].licenses, ['MIT']);
});

const damaged: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), ['truncated 0']],
  ['no archive', Buffer.alloc(5000, 'x'), ['truncated 5000']],
  ['cut off', whole.subarray(0, 1000), ['truncated 1000']],
  ['no metadata', replace('METADATA', 'METADATB'), ['incomplete']],
  [
    'metadata in a package inside',
    replace('keel-2.4.1.dist-info/METADATA', 'keel/2.4.1.dist-info/METADATA'),
    ['incomplete'],
  ],
];
for (const [title, bytes, rows] of damaged) test(`wheel: ${title}`, () => assert.deepEqual(rowsOf(find(bytes)), rows));

test('a byte that is wrong throws nothing', () => {
  for (let at = 0; at < whole.length; at += 5) {
    const broken = Buffer.from(whole);
    broken[at]! ^= 0xff;
    find(broken);
  }
});
