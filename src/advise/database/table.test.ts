import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { PlimsollError } from '../../base/errors.ts';
import { Table } from './table.ts';
import { compressBlock, encodeFooter, tableMagic } from './table-format.ts';
import { type TableEntry, writeTable } from './table-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-table-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
const newPath = () => join(folder, String(files++));

const entry = (key: string, value: string): TableEntry => ({ key, value: Buffer.from(value) });
const textOf = (value: Uint8Array) => Buffer.from(value).toString();

function write(entries: Iterable<TableEntry>, header: object = { of: 'tests' }): string {
  const path = newPath();
  writeTable(path, header, entries);
  return path;
}

function isDamaged(error: unknown): boolean {
  return error instanceof PlimsollError && error.code === 'data-damaged' && /plimsoll db update/.test(error.message);
}

/** Opens a table and reads all of it by both ways. */
function readAll(path: string): TableEntry[] {
  using table = Table.open(path);
  const entries = [...table.entries()];
  for (const { key } of entries) table.get(key);
  return entries;
}

test('an empty table has nothing', () => {
  using table = Table.open(write([]));
  assert.deepEqual([...table.entries()], []);
  assert.deepEqual(table.get('a'), []);
  assert.deepEqual(table.header, { of: 'tests' });
});

test('any entries are found again, several of a key in their order, and nothing else', () => {
  const entries = fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 12 }), fc.string({ maxLength: 2000 })), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(entries, fc.string(), (pairs, absent) => {
      const sorted = pairs
        .map(([key, value]) => entry(key, value))
        .sort((a, b) => (a.key < b.key ? -1 : +(a.key > b.key)));
      using table = Table.open(write(sorted));
      const keys = new Set(sorted.map(({ key }) => key));
      for (const key of keys)
        assert.deepEqual(
          table.get(key).map(textOf),
          sorted.filter((item) => item.key === key).map(({ value }) => textOf(value)),
        );
      if (!keys.has(absent)) assert.deepEqual(table.get(absent), []);
      assert.deepEqual(
        [...table.entries()].map(({ key, value }) => [key, textOf(value)]),
        sorted.map(({ key, value }) => [key, textOf(value)]),
      );
    }),
    { numRuns: 60 },
  );
});

test('a key whose values fill many blocks, and values larger than a block', () => {
  const many = Array.from({ length: 5000 }, (_, n) => entry('m', `value ${n}`.repeat(5)));
  using table = Table.open(write([entry('a', 'x'), ...many, entry('n', 'y'.repeat(3_000_000)), entry('z', 'z')]));
  assert.equal(table.get('m').length, 5000);
  assert.equal(table.get('n')[0]?.length, 3_000_000);
  assert.deepEqual(table.get('z').map(textOf), ['z']);
});

test('the same entries give the same bytes, and a wrong order is refused', () => {
  const entries = Array.from({ length: 3000 }, (_, n) => entry(`key ${String(n).padStart(6, '0')}`, `${n * 7}`));
  assert.deepEqual(readFileSync(write(entries)), readFileSync(write(entries)));
  assert.throws(() => write([entry('b', ''), entry('a', '')]), RangeError);
});

test('every cut and every changed byte is noticed', () => {
  const entries = Array.from({ length: 2000 }, (_, n) => entry(`key ${n}`.padEnd(12, 'x'), `value ${n}`)).sort(
    (a, b) => (a.key < b.key ? -1 : 1),
  );
  const whole = readFileSync(write(entries));
  const path = newPath();
  for (let length = 0; length < whole.length; length += 101) {
    writeFileSync(path, whole);
    truncateSync(path, length);
    assert.throws(() => readAll(path), isDamaged, `cut at ${length}`);
  }
  for (let place = 0; place < whole.length; place += 37) {
    const changed = Buffer.from(whole);
    changed[place]! ^= 0x41;
    writeFileSync(path, changed);
    assert.throws(() => readAll(path), isDamaged, `changed at ${place}`);
  }
});

test('an absent file and another file are told apart', () => {
  assert.throws(
    () => Table.open(join(folder, 'absent')),
    (error: unknown) => (error as PlimsollError).code === 'storage',
  );
  const path = newPath();
  for (const text of ['', '<html>', 'x'.repeat(10_000)]) {
    writeFileSync(path, text);
    assert.throws(() => Table.open(path), isDamaged);
  }
});

/** A table whose checksums are right and whose numbers are what a liar chooses. */
function forge(lie: {
  block?: Buffer;
  stored?: Buffer;
  rawLength?: number;
  storedLength?: number;
  firstKey?: string;
  blocks?: number;
  entries?: number;
  filter?: Buffer;
  filterOffset?: number;
  indexRawLength?: number;
  header?: string;
}): string {
  const header = Buffer.from(lie.header ?? '{}');
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  const block = lie.block ?? Buffer.from('\0\x01\x01kv', 'latin1');
  const stored = lie.stored ?? compressBlock(block);
  const key = Buffer.from(lie.firstKey ?? 'k');
  const row = Buffer.alloc(14 + key.length);
  row.writeUInt32LE(lie.storedLength ?? stored.length, 0);
  row.writeUInt32LE(lie.rawLength ?? block.length, 4);
  row.writeUInt32LE(crc32(stored), 8);
  row.writeUInt16LE(key.length, 12);
  key.copy(row, 14);
  const index = compressBlock(row);
  const filter = lie.filter ?? Buffer.alloc(8, 0xff);
  const filterOffset = tableMagic.length + 4 + header.length + stored.length;
  const footer = encodeFooter({
    filterOffset: lie.filterOffset ?? filterOffset,
    filterLength: filter.length,
    filterChecksum: crc32(filter),
    indexLength: index.length,
    indexRawLength: lie.indexRawLength ?? row.length,
    indexChecksum: crc32(index),
    headerChecksum: crc32(header),
    blocks: lie.blocks ?? 1,
    entries: lie.entries ?? 1,
  });
  const path = newPath();
  writeFileSync(path, Buffer.concat([tableMagic, length, header, stored, filter, index, footer]));
  return path;
}

test('a forged table that tells the truth is read', () => {
  assert.deepEqual(
    readAll(forge({})).map(({ key, value }) => [key, textOf(value)]),
    [['k', 'v']],
  );
});

const bomb = compressBlock(Buffer.alloc(200 * 1024 * 1024));
const lies: [what: string, lie: Parameters<typeof forge>[0]][] = [
  ['a value that leads out of the block', { block: Buffer.from('\0\x01\x7fkv', 'latin1') }],
  ['a key that keeps more than there was', { block: Buffer.from('\x05\x01\x01kv', 'latin1') }],
  ['a number that does not end', { block: Buffer.alloc(64, 0x80) }],
  ['millions of empty entries', { block: Buffer.alloc(3_000_000) }],
  ['keys that grow without end', { block: growingKeys() }],
  ['a block that unpacks to more', { stored: bomb }],
  ['a block that says to be huge', { stored: bomb, rawLength: 0xffffffff }],
  ['a block that reaches past the file', { storedLength: 0x7fffffff }],
  ['an index of other keys', { firstKey: 'other' }],
  ['more blocks than there are', { blocks: 2 }],
  ['a billion blocks', { blocks: 1_000_000_000 }],
  ['more entries than there are', { entries: 7 }],
  ['blocks after the end', { filterOffset: 2 ** 50 }],
  ['an index that unpacks to less', { indexRawLength: 64 * 1024 * 1024 }],
  ['a header that is not JSON', { header: '{' }],
  ['an endless header', { header: `"${'x'.repeat(70_000)}"` }],
];

test('a table that lies is refused in bounded memory', () => {
  for (const [what, lie] of lies) assert.throws(() => readAll(forge(lie)), isDamaged, what);
});

/** Each entry keeps the whole key before it and adds one character. */
function growingKeys(): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length < 5000; length++)
    parts.push(Buffer.from([...(length < 128 ? [length] : [(length & 0x7f) | 0x80, length >> 7]), 1, 0, 0x6b]));
  return Buffer.concat(parts);
}

function withFile(work: (path: string) => void): void {
  work(join(mkdtempSync(join(folder, 'x-')), 'table'));
}

test('values of a key that spans many blocks all stay, and take time by their number', () =>
  withFile((path) => {
    const entries = Array.from({ length: 20_000 }, (_, place) => ({
      key: 'linux',
      value: Buffer.from(`row ${place}`),
    }));
    writeTable(path, {}, [{ key: 'a', value: Buffer.from('first') }, ...entries], { uncompressed: true });
    using table = Table.open(path);
    const start = performance.now();
    const found = table.get('linux');
    assert.ok(performance.now() - start < 1000);
    assert.deepEqual(
      found.map(String),
      entries.map(({ value }) => String(value)),
    );
  }));

test('after a damaged block, what was read before it is read again', () =>
  withFile((path) => {
    const entries = ['a', 'b'].flatMap((letter) =>
      Array.from({ length: 300 }, (_, place) => ({
        key: `${letter}${String(place).padStart(3, '0')}`,
        value: Buffer.alloc(20, letter),
      })),
    );
    writeTable(path, {}, entries, { uncompressed: true });
    const bytes = readFileSync(path);
    bytes[bytes.lastIndexOf('bbbb')]! ^= 1;
    writeFileSync(path, bytes);
    using table = Table.open(path);
    assert.equal(table.get('a003').length, 1);
    assert.throws(() => table.get('b299'), { code: 'data-damaged' });
    assert.equal(table.get('a003').length, 1);
  }));
