import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accessBytes } from '../random-access.ts';
import { readNdb } from './read-ndb.ts';

/** A database by rpm; how it was made says the README beside it. */
const made = gunzipSync(
  readFileSync(new URL('../../../inspect/packages/os/rpm/testdata/Packages.db.gz', import.meta.url)),
);
const read = (bytes: Buffer, most = 1 << 20) => [...readNdb(accessBytes(bytes), most)];
const told = (found: ReturnType<typeof read>) =>
  found.map((item) => (item.kind === 'damage' ? `${item.code} ${item.message}` : 'blob'));

/** The first slot is blob 10, in block 0x12a0; the second blob 2. */
const slot = 32;
const blob = 0x12a0 * 16;

test('the blobs', () => {
  const sizes = read(made).map((item) => item.kind === 'blob' && item.bytes.length);
  assert.deepEqual(sizes, [60_676, 1256, 2196, 2128, 2108, 1780, 1816, 1804, 2008]);
});

const others = Array(8).fill('blob');
const damaged: readonly (readonly [title: string, harm: (bytes: Buffer) => Buffer | undefined, expected: string[]])[] =
  [
    ['empty', (bytes) => bytes.subarray(0, 0), ['malformed it is no ndb database']],
    ['cut off in its header', (bytes) => bytes.subarray(0, 20), ['truncated it ends inside its header']],
    [
      'cut off in its slots',
      (bytes) => bytes.subarray(0, 60),
      ['truncated blob 10 ends past the file; it is missing', 'truncated it ends inside its slots'],
    ],
    ['another version', (bytes) => void bytes.writeUInt32LE(1, 4), ['unsupported version 1 of the ndb format']],
    ['no slots', (bytes) => void bytes.writeUInt32LE(0, 12), []],
    [
      'a slot without magic',
      (bytes) => void bytes.writeUInt8(0, slot),
      ['malformed a slot without its magic bytes', ...others],
    ],
    [
      'a blob past the end',
      (bytes) => void bytes.writeUInt32LE(0xffff_ffff, slot + 8),
      ['truncated blob 10 ends past the file; it is missing', ...others],
    ],
    [
      'a blob without blocks',
      (bytes) => void bytes.writeUInt32LE(1, slot + 12),
      ['malformed blob 10 has no room; it is missing', ...others],
    ],
    [
      'a blob of another number',
      (bytes) => void bytes.writeUInt32LE(11, blob + 4),
      ['malformed blob 10 is damaged; it is missing', ...others],
    ],
    [
      'a blob longer than its blocks',
      (bytes) => void bytes.writeUInt32LE(0xffff_ffff, blob + 12),
      ['malformed blob 10 is damaged; it is missing', ...others],
    ],
  ];

for (const [title, harm, expected] of damaged) {
  test(`damaged ndb: ${title}`, () => {
    const bytes = Buffer.from(made);
    assert.deepEqual(told(read(harm(bytes) ?? bytes)), expected);
  });
}

test('more slots than the file has', () => {
  const bytes = Buffer.from(made);
  bytes.writeUInt32LE(0xffff_ffff, 12);
  const found = told(read(bytes));
  assert.equal(found.at(-1), 'truncated it ends inside its slots');
  assert.deepEqual(found.slice(0, 9), Array(9).fill('blob'));
});

test('blobs over the bound are told, the others read', () => {
  assert.match(told(read(made, 10_000))[0]!, /^too-large blob 10 has 60704 bytes, more than the 10000 that are read$/);
  assert.equal(read(made, 10_000).length, 9);
});
