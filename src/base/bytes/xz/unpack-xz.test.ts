import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { unpackXz } from './unpack-xz.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const text = gunzipSync(testdata('text.gz'));
const most = 1 << 20;

for (const name of ['default', 'fast', 'no-check', 'sha256', 'blocks', 'places'])
  test(`what xz packed: ${name}`, () => {
    const { bytes, damage } = unpackXz(testdata(`${name}.xz`), most);
    assert.equal(damage, undefined);
    assert.ok(bytes.equals(text));
  });

test('nothing, and bytes that do not compress', () => {
  assert.deepEqual(unpackXz(testdata('empty.xz'), most), { bytes: Buffer.alloc(0) });
  const stored = testdata('stored.xz');
  const { bytes, damage } = unpackXz(stored, most);
  assert.equal(damage, undefined);
  assert.ok(bytes.length === 3000 && stored.includes(bytes));
});

const whole = testdata('default.xz');
const damaged: readonly (readonly [title: string, packed: Buffer, code: string])[] = [
  ['empty', Buffer.alloc(0), 'truncated'],
  ['something else', Buffer.alloc(99, 7), 'malformed'],
  ['only a header', whole.subarray(0, 12), 'truncated'],
  ['cut off', whole.subarray(0, 1000), 'truncated'],
  ['without its index', whole.subarray(0, -40), 'truncated'],
  ['with a filter for programs', testdata('x86.xz'), 'malformed'],
];
for (const [title, packed, code] of damaged)
  test(`damaged: ${title}`, () => assert.equal(unpackXz(packed, most).damage?.code, code));

test('more than may be unpacked', () => {
  const { bytes, damage } = unpackXz(whole, 500);
  assert.equal(damage?.code, 'too-large');
  assert.ok(bytes.length <= 500);
});

test('whatever bytes change, it ends', () => {
  const small = testdata('blocks.xz');
  for (let at = 0; at < small.length; at += 7) {
    const changed = Buffer.from(small);
    changed[at]! ^= 0xff;
    assert.ok(unpackXz(changed, most).bytes.length <= most);
    unpackXz(small.subarray(0, at), most);
  }
});
