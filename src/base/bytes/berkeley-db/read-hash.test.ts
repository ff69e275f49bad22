import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accessBytes } from '../random-access.ts';
import { readHash } from './read-hash.ts';

const testdata = (name: string) => gunzipSync(readFileSync(new URL(`./testdata/${name}.gz`, import.meta.url)));
const maxBytes = 1 << 20;

for (const name of ['hash-512', 'hash-512-big-endian', 'hash-16384']) {
  test(`${name}: the pairs that were put and not deleted`, () => {
    const found = new Map<number, string>();
    for (const item of readHash(accessBytes(testdata(name)), maxBytes)) {
      assert.ok(item.kind === 'pair', JSON.stringify(item));
      found.set(Number(item.key.toString()), item.value.toString('latin1'));
    }
    const expected = Array.from({ length: 400 }, (_, n) => n).filter((n) => n % 3 !== 0);
    assert.deepEqual(
      [...found.keys()].sort((a, b) => a - b),
      expected,
    );
    for (const n of expected) assert.equal(found.get(n), String.fromCharCode(n % 251).repeat((n * 37) % 3000), `${n}`);
  });
}

/** The pages of a kind, by the byte that says so. */
const pagesOf = (bytes: Buffer, kind: number) =>
  Array.from({ length: bytes.length / 512 }, (_, n) => n * 512).filter((at) => at > 0 && bytes[at + 25] === kind);
const overflow = 7;
const bucket = 13;

const damaged: readonly (readonly [title: string, harm: (bytes: Buffer) => Buffer | undefined, expected: RegExp])[] = [
  ['empty', (bytes) => bytes.subarray(0, 0), /^truncated it ends inside its first page$/],
  ['cut off in its first page', (bytes) => bytes.subarray(0, 71), /^truncated it ends inside its first page$/],
  ['cut off', (bytes) => bytes.subarray(0, 100_000), /truncated it has 1\d\d\d pages, 195 are there/],
  ['rubbish', (bytes) => bytes.fill(0x55), /^malformed it is no Berkeley DB$/],
  ['another version', (bytes) => void bytes.writeUInt32LE(5, 16), /^unsupported version 5 of the hash format$/],
  ['pages of 3 bytes', (bytes) => void bytes.writeUInt32LE(3, 20), /^malformed pages of 3 bytes$/],
  ['encrypted', (bytes) => void bytes.writeUInt8(1, 24), /^unsupported it is encrypted$/],
  ['with checksums', (bytes) => void bytes.writeUInt8(1, 26), /^unsupported its pages have checksums$/],
  [
    'an overflow page that leads to itself',
    (bytes) => {
      for (const at of pagesOf(bytes, overflow)) bytes.writeUInt32LE(at / 512, at + 16);
    },
    /^cycle page \d+ is used twice; a value is missing$/m,
  ],
  [
    'an overflow page that leads outside',
    (bytes) => {
      for (const at of pagesOf(bytes, overflow)) bytes.writeUInt32LE(0xffff_fff0, at + 16);
    },
    /^truncated page 4294967280 is not there; a value is missing$/m,
  ],
  [
    'an overflow page without bytes',
    (bytes) => void bytes.writeUInt16LE(0, pagesOf(bytes, overflow)[0]! + 22),
    /^malformed page \d+ is no overflow page; a value is missing$/m,
  ],
  [
    'more items than room',
    (bytes) => void bytes.writeUInt16LE(0xffff, pagesOf(bytes, bucket)[0]! + 20),
    /^malformed page \d+ has more items than room; pairs are missing$/m,
  ],
  [
    'an item outside its page',
    (bytes) => void bytes.writeUInt16LE(0xfff0, pagesOf(bytes, bucket)[0]! + 26),
    /^malformed pair 0 of page \d+ is damaged; it is missing$/m,
  ],
];

for (const [title, harm, expected] of damaged) {
  test(`damaged hash: ${title}`, () => {
    const bytes = testdata('hash-512');
    const found = [...readHash(accessBytes(harm(bytes) ?? bytes), maxBytes)];
    const told = found.flatMap((item) => (item.kind === 'damage' ? [`${item.code} ${item.message}`] : []));
    assert.match(told.join('\n'), expected);
  });
}

test('values over the bound are told, the others read', () => {
  const found = [...readHash(accessBytes(testdata('hash-512')), 1000)];
  const large = found.filter((item) => item.kind === 'damage');
  assert.ok(large.length > 100 && large.every(({ code }) => code === 'too-large'));
  assert.equal(found.length, 266);
});

test('a B-tree is told for what it is', () => {
  const [item] = readHash(accessBytes(testdata('btree')), maxBytes);
  assert.deepEqual(item, { kind: 'damage', code: 'unsupported', offset: 12, message: 'it is a B-tree, not a hash' });
});
