import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { elfOf, machOOf } from '../../../../../test/images/program.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readAuditable } from './read-auditable.ts';

const fileOf = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));
const hull = fileOf('hull.elf');

function read(bytes: Uint8Array): string[] {
  return rowsOf([...readAuditable({ path: 'usr/bin/hull', content: accessBytes(bytes) }, defaultLimits)]);
}

const cratesOfHull = [
  'cargo hull 1.4.2 installed file:usr/bin',
  'cargo itoa 1.0.11 installed',
  'cargo rope 0.2.0 installed file:usr/bin',
  'cargo semver 1.0.23 installed dev',
  'cargo smallvec 1.6.0 installed',
];

test('a program says its crates, on every system', () => {
  assert.deepEqual(read(hull), cratesOfHull);
  assert.deepEqual(read(fileOf('hull.exe')), cratesOfHull);
  const section = deflateSync('{"packages":[{"name":"itoa","version":"1.0.11","source":"crates.io"}]}');
  assert.deepEqual(read(machOOf('__DATA', '.dep-v0', section)), ['cargo itoa 1.0.11 installed']);
});

const cases: readonly (readonly [title: string, section: Buffer, rows: readonly string[]])[] = [
  ['of another kind', Buffer.from('{"packages":[]}'), ['malformed']],
  ['cut off', deflateSync(`{"packages":[]}${' '.repeat(5000)}`).subarray(0, 20), ['truncated']],
  ['a bomb', deflateSync(Buffer.alloc(9 << 20)), ['too-large']],
  ['too large', Buffer.alloc((1 << 20) + 1), ['too-large']],
  ['not JSON', deflateSync('packages'), ['malformed']],
  ['nothing', deflateSync(''), ['truncated']],
  ['another top', deflateSync('[]'), ['malformed']],
  ['wrong kinds', deflateSync('{"packages":{"name":"a"}}'), ['malformed']],
  [
    'wrong entries',
    deflateSync('{"packages":[1,{"name":[],"version":"1"},{"name":"a","version":{}},{"name":"b","version":"1.0.0"}]}'),
    ['incomplete', 'incomplete', 'incomplete', 'cargo b 1.0.0 installed'],
  ],
  [
    'from elsewhere',
    deflateSync(
      '{"packages":[{"name":"a","version":"1.0.0","source":"git"},{"name":"b","version":"1.0.0","source":"registry"}]}',
    ),
    ['cargo a 1.0.0 installed git', 'cargo b 1.0.0 installed'],
  ],
  ['filling behind it', Buffer.concat([deflateSync('{"packages":[]}'), Buffer.alloc(100)]), []],
];
for (const [title, section, rows] of cases)
  test(`.dep-v0: ${title}`, () => assert.deepEqual(read(elfOf('.dep-v0', section)), rows));

test('what has no such section has nothing to say', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), Buffer.from('#!/bin/sh'), elfOf('.text', Buffer.alloc(9))])
    assert.deepEqual(read(bytes), []);
});

test('a program that is cut off or altered anywhere gives less, and nothing is thrown', () => {
  for (let length = 0; length < hull.length; length += 3) read(hull.subarray(0, length));
  for (let at = 0; at < hull.length; at++) {
    const changed = Buffer.from(hull);
    changed[at]! ^= 0xff;
    read(changed);
  }
});
