import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { type Damage, isDamage } from '../damage.ts';
import { accessBytes } from '../random-access.ts';
import { type BoltBucket, type BoltDatabase, findBoltValue, openBolt, readBoltBucket } from './read-bolt.ts';

/** A database by containerd; how it was made says the README beside it. */
const made = unpack('meta.db.gz');
const pageSize = 4096;

test('every key and value is as bbolt itself reads it', () => {
  const lines = unpack('meta.txt.gz').toString('latin1').trimEnd().split('\n');
  const found = [...allOf(open(made))].map((item) => (isTold(item) ? item.message : item));
  assert.deepEqual(found, lines);
});

test('every key is found by itself, and none between', () => {
  const database = open(made);
  const images = bucketAt(database, 'v1', 'default', 'images');
  let count = 0;
  for (const entry of readBoltBucket(database, images)) {
    assert.ok(!isDamage(entry));
    const key = entry.key.toString();
    assert.deepEqual(findBoltValue(database, images, key), entry.value);
    for (const other of [`${key}0`, key.slice(0, -1), '']) {
      const isKey = [...readBoltBucket(database, images)].some(
        (item) => !isDamage(item) && item.key.equals(Buffer.from(other)),
      );
      if (!isKey) assert.equal(findBoltValue(database, images, other), undefined, other);
    }
    count++;
  }
  assert.equal(count, 122);
});

test('of the two meta pages the newer one that is whole counts', () => {
  const newest = open(made).transaction;
  const newer = Number(newest % 2n);
  for (const [harmed, expected] of [
    [newer, newest - 1n],
    [1 - newer, newest],
  ] as const)
    for (const field of [0, 8, 48, 56]) {
      const bytes = Buffer.from(made);
      bytes.fill(0xee, harmed * pageSize + 16 + field, harmed * pageSize + 20 + field);
      assert.equal(open(bytes).transaction, expected);
    }
});

const opening: readonly (readonly [title: string, harm: (bytes: Buffer) => Buffer | undefined, expected: string])[] = [
  ['empty', (bytes) => bytes.subarray(0, 0), 'truncated it ends inside its first page'],
  ['cut off in its first page', (bytes) => bytes.subarray(0, 79), 'truncated it ends inside its first page'],
  ['other bytes', (bytes) => bytes.fill('a'), 'malformed it is no bbolt database'],
  [
    'of a big-endian machine',
    (bytes) => void [0, 4096].map((page) => bytes.subarray(page + 16, page + 20).reverse()),
    'unsupported it is a bbolt database of a big-endian machine',
  ],
  [
    'another version',
    (bytes) => void [0, 4096].map((page) => bytes.writeUInt32LE(3, page + 20)),
    'unsupported version 3 of the bbolt format',
  ],
  [
    'no meta page with its checksum',
    (bytes) => void [0, 4096].map((page) => bytes.fill(1, page + 32, page + 40)),
    'malformed its first page does not match its checksum',
  ],
];

for (const [title, harm, expected] of opening)
  test(`refused: ${title}`, () => {
    const bytes = Buffer.from(made);
    const found = openBolt(accessBytes(harm(bytes) ?? bytes));
    assert.ok(isDamage(found));
    assert.equal(`${found.code} ${found.message}`, expected);
  });

/** A branch with several children, as such pages are: number, flags, count, overflow. */
const branch = findPage((bytes, at) => bytes.readUInt16LE(at + 8) === 1 && bytes.readUInt16LE(at + 10) > 2);
const element = branch + 16;

const damaged: readonly (readonly [title: string, harm: (bytes: Buffer) => void, expected: RegExp])[] = [
  [
    'a child that is the page itself',
    (bytes) => bytes.writeUInt32LE(branch / pageSize, element + 8),
    /^cycle page \d+ has/,
  ],
  [
    'two children that are one',
    (bytes) => bytes.copy(bytes, element + 8, element + 24, element + 32),
    /^cycle page \d+ has/,
  ],
  [
    'a child past the end',
    (bytes) => bytes.writeUInt32LE(0xffff_ffff, element + 8),
    /^truncated page 4294967295 is past/,
  ],
  ['a child of 2^64 - 1', (bytes) => bytes.fill(0xff, element + 8, element + 16), /^truncated page 1844\d+ is past/],
  [
    'a child that is a meta page',
    (bytes) => bytes.writeUInt32LE(0, element + 8),
    /^malformed a page that is of no tree$/,
  ],
  [
    'more elements than have room',
    (bytes) => bytes.writeUInt16LE(0xffff, branch + 10),
    /^malformed a page with 65535 el/,
  ],
  [
    'an overflow past the bound',
    (bytes) => bytes.writeUInt32LE(0xffff_ffff, branch + 12),
    /^too-large page \d+ has 17592/,
  ],
  ['an overflow past the end', (bytes) => bytes.writeUInt32LE(255, branch + 12), /^truncated page \d+ ends past/],
  ['another page in the place', (bytes) => bytes.writeUInt32LE(1, branch), /^malformed page \d+ is another one$/],
];

for (const [title, harm, expected] of damaged)
  test(`damage costs the pages below it: ${title}`, () => {
    const bytes = Buffer.from(made);
    harm(bytes);
    const found = [...allOf(open(bytes))];
    const told = found.filter(isTold).map(({ code, message }) => `${code} ${message}`);
    assert.match(told[0] ?? 'no damage', expected);
    assert.ok(found.length > 100, `${found.length}`);
  });

test('a key or value past its page is told', () => {
  const leaf = findPage((bytes, at) => bytes.readUInt16LE(at + 8) === 2 && bytes.readUInt16LE(at + 10) > 2);
  for (const field of [4, 8, 12]) {
    const bytes = Buffer.from(made);
    bytes.writeUInt32LE(0xffff_ffff, leaf + 16 + field);
    const told = [...allOf(open(bytes))].filter(isTold);
    assert.match(told[0]!.message, /^element 0 of a page ends past it$/);
  }
});

test('no cut and no flipped byte makes it throw or never end', () => {
  for (let size = 0; size < made.length; size += 3001) readAll(made.subarray(0, size));
  // Behind come pages that are free.
  for (let at = 0; at < made.length / 4; at += 379) {
    const bytes = Buffer.from(made);
    bytes[at] = bytes[at]! ^ 0xff;
    readAll(bytes);
  }
});

function readAll(bytes: Buffer): void {
  const database = openBolt(accessBytes(bytes));
  if (isDamage(database)) return;
  for (const _item of allOf(database));
}

function unpack(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`./testdata/${name}`, import.meta.url)));
}

function open(bytes: Buffer): BoltDatabase {
  const database = openBolt(accessBytes(bytes));
  assert.ok(!isDamage(database));
  return database;
}

function* allOf(database: BoltDatabase, bucket = database.root, depth = 0): Generator<string | Damage> {
  if (depth > 12) return;
  for (const entry of readBoltBucket(database, bucket)) {
    if (isDamage(entry)) {
      yield entry;
      continue;
    }
    const { key, value } = entry;
    yield `${depth} ${key.toString('hex')} ${value.kind === 'value' ? value.bytes.toString('hex') : ''}`;
    if (value.kind === 'bucket') yield* allOf(database, value, depth + 1);
  }
}

function bucketAt(database: BoltDatabase, ...keys: string[]): BoltBucket {
  let bucket = database.root;
  for (const key of keys) {
    const found = findBoltValue(database, bucket, key);
    assert.ok(found?.kind === 'bucket', key);
    bucket = found;
  }
  return bucket;
}

/** The offset of the first page that is in the tree and of that kind. */
function findPage(is: (bytes: Buffer, at: number) => boolean): number {
  for (let at = 2 * pageSize; at < made.length; at += pageSize) {
    if (made.readUInt32LE(at) !== at / pageSize || !is(made, at)) continue;
    const bytes = Buffer.from(made);
    bytes.fill(0xff, at + 8, at + 10);
    const database = open(bytes);
    if ([...allOf(database)].some((item) => isTold(item))) return at;
  }
  throw new Error('no such page');
}

function isTold(item: string | Damage): item is Damage {
  return typeof item === 'object';
}
