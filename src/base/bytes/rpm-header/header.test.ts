import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDamage } from '../damage.ts';
import { type RpmHeader, readRpmHeader } from './header.ts';
import { rpmTags } from './tags.ts';

type Entry = readonly [tag: number, type: number, offset: number, count: number];

/** Headers of real packages are read in the tests of os/rpm; these lie. */
function make(entries: readonly Entry[], data: string): Buffer {
  const bytes = Buffer.alloc(8 + entries.length * 16 + data.length);
  bytes.writeUInt32BE(entries.length, 0);
  bytes.writeUInt32BE(data.length, 4);
  for (const [index, [tag, type, offset, count]] of entries.entries()) {
    bytes.writeUInt32BE(tag, 8 + index * 16);
    bytes.writeUInt32BE(type, 12 + index * 16);
    bytes.writeInt32BE(offset, 16 + index * 16);
    bytes.writeUInt32BE(count, 20 + index * 16);
  }
  bytes.write(data, 8 + entries.length * 16, 'latin1');
  return bytes;
}

function header(entries: readonly Entry[], data: string): RpmHeader {
  const read = readRpmHeader(make(entries, data));
  assert.ok(!isDamage(read));
  return read;
}

test('values by their types', () => {
  const data = 'keel\0\0\0\0\0\0\0\x02a\0b\0\0c\0';
  const all = header(
    [
      [1000, 6, 0, 1],
      [1003, 4, 8, 1],
      [1014, 9, 12, 2],
      [1117, 8, 12, 4],
      [1116, 4, 4, 2],
    ],
    data,
  );
  assert.equal(all.get(rpmTags.name), 'keel');
  assert.equal(all.get(rpmTags.epoch), 2);
  assert.equal(all.get(rpmTags.license), 'a');
  assert.deepEqual([...all.get(rpmTags.baseNames)!], ['a', 'b', '', 'c']);
  assert.deepEqual([0, 1].map(all.get(rpmTags.dirIndexes)!.at), [0, 2]);
  assert.equal(all.get(rpmTags.vendor), undefined);
  assert.equal(all.damage, undefined);
});

test('what was added at installation counts', () => {
  assert.equal(
    header(
      [
        [1000, 6, 0, 1],
        [1000, 6, 2, 1],
      ],
      'a\0b\0',
    ).get(rpmTags.name),
    'b',
  );
});

test('values that are none', () => {
  const name = (type: number, offset: number, count: number, data: string) =>
    header([[1000, type, offset, count]], data).get(rpmTags.name);
  assert.equal(name(4, 0, 1, 'name\0'), undefined, 'another type');
  assert.equal(name(6, 0, 1, 'no end'), undefined, 'no zero byte');
  assert.equal(name(6, 0, 0, 'a\0'), undefined, 'no items');
  assert.equal(name(6, 0, 1, `${'a'.repeat(70_000)}\0`), undefined, 'endless');
  assert.equal(name(6, -1, 1, 'a\0'), undefined, 'before the data');
  assert.equal(name(6, 0, 0xffff_ffff, 'a\0'), undefined, 'more than there is');
  assert.equal(name(99, 0, 1, 'a\0'), undefined, 'no type at all');
  assert.deepEqual([...header([[1117, 8, 0, 3]], 'a\0b').get(rpmTags.baseNames)!], ['a'], 'a list that ends early');
});

test('what leaves the header is told, the rest is there', () => {
  const part = header(
    [
      [1000, 6, 9, 1],
      [1001, 6, 0, 1],
    ],
    '1\0',
  );
  assert.deepEqual(part.damage, {
    kind: 'damage',
    code: 'malformed',
    offset: 8,
    message: 'tag 1000 leaves the header',
  });
  assert.equal(part.get(rpmTags.version), '1');
});

test('a signed region', () => {
  const trailer = (length: number) => {
    const bytes = make([[63, 7, -length, 16]], '').subarray(8);
    return `a\0${bytes.toString('latin1')}`;
  };
  const entries: Entry[] = [
    [63, 7, 2, 16],
    [1000, 6, 0, 1],
  ];
  assert.equal(header(entries, trailer(32)).damage, undefined);
  for (const length of [0, -32, 33, 48])
    assert.equal(header(entries, trailer(length)).damage?.message, 'a signed region that is none');
  assert.equal(header(entries, trailer(48)).get(rpmTags.name), 'a');
});

test('counts that lie', () => {
  const lying = (count: number, dataBytes: number) => {
    const bytes = make([[1000, 6, 0, 1]], 'a\0');
    bytes.writeUInt32BE(count, 0);
    bytes.writeUInt32BE(dataBytes, 4);
    const read = readRpmHeader(bytes);
    return isDamage(read) && `${read.code} ${read.message}`;
  };
  assert.equal(lying(0, 2), 'malformed a header of 0 entries with 2 bytes');
  assert.equal(lying(0xffff_ffff, 2), 'malformed a header of 4294967295 entries with 2 bytes');
  assert.equal(lying(1, 0xffff_ffff), 'malformed a header of 1 entries with 4294967295 bytes');
  assert.equal(lying(2, 2), 'truncated a header that needs 42 bytes and has 26');
  assert.ok(isDamage(readRpmHeader(Buffer.alloc(0))));
  assert.ok(isDamage(readRpmHeader(Buffer.alloc(7))));
});
