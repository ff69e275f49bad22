import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { accessBytes } from '../random-access.ts';
import { readSqliteTable } from './read-table.ts';

const maxRowBytes = 16 << 20;

interface Made {
  readonly bytes: Buffer;
  /** The rows, as SQLite itself reads them. */
  readonly rows: readonly unknown[];
}

/** A database that SQLite makes, with some rows of every kind of value and some blobs that need more than a page. */
function make(pageSize: number, encoding = 'UTF-8', rows = 400): Made {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sqlite-'));
  const database = new DatabaseSync(join(folder, 'db'));
  try {
    database.exec(`PRAGMA page_size=${pageSize}; PRAGMA encoding='${encoding}'; BEGIN`);
    for (let n = 0; n < 30; n++) database.exec(`CREATE TABLE other${n} (a); CREATE INDEX index${n} ON other${n} (a)`);
    database.exec('CREATE TABLE wanted (id INTEGER PRIMARY KEY, a, b, c)');
    const insert = database.prepare('INSERT INTO wanted VALUES (?, ?, ?, ?)');
    for (let n = 0; n < rows; n++) insert.run(n * 3, numberFor(n), `größe ${n}`, Buffer.alloc((n * 97) % 5000, n));
    database.exec('DELETE FROM wanted WHERE id % 5 = 0; COMMIT');
    const read = database.prepare('SELECT a, b, hex(c) AS c FROM wanted ORDER BY id');
    read.setReadBigInts(true);
    const all = read.all().map((row) => Object.values(row));
    return { bytes: readFileSync(join(folder, 'db')), rows: all };
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

function numberFor(n: number): null | number | bigint {
  if (n % 7 === 0) return null;
  if (n % 7 === 1) return n / 3;
  return (n % 2 ? 1n : -1n) * 2n ** BigInt((n * 5) % 63);
}

/** Whole numbers come as number or bigint, as they fit; SQLite is asked for bigint. */
const plain = (value: unknown) =>
  Buffer.isBuffer(value)
    ? value.toString('hex').toUpperCase()
    : Number.isInteger(value)
      ? BigInt(value as number)
      : value;

for (const [pageSize, encoding] of [
  [512, 'UTF-8'],
  [1024, 'UTF-16le'],
  [4096, 'UTF-8'],
  [4096, 'UTF-16be'],
  [65_536, 'UTF-8'],
] as const) {
  test(`the rows that SQLite has: pages of ${pageSize}, ${encoding}`, () => {
    const { bytes, rows } = make(pageSize, encoding);
    const found: unknown[] = [];
    for (const row of readSqliteTable(accessBytes(bytes), 'wanted', maxRowBytes)) {
      assert.ok(row.kind === 'row', inspect(row));
      const [id, ...values] = row.values;
      assert.equal(id, null);
      found.push(values.map(plain));
    }
    assert.deepEqual(
      found,
      rows.map((row) => (row as unknown[]).map(plain)),
    );
  });
}

const { bytes: small, rows } = make(512);
const read = (bytes: Buffer, most = maxRowBytes) => [...readSqliteTable(accessBytes(bytes), 'wanted', most)];
const told = (found: ReturnType<typeof read>) =>
  found.flatMap((item) => (item.kind === 'damage' ? [`${item.code} ${item.message}`] : []));

/** The root page of the wanted table: the only interior page that no other leads to is found by trying them all. */
const pagesOf = (kind: number) =>
  Array.from({ length: small.length / 512 }, (_, n) => n * 512).filter((at) => at > 0 && small[at] === kind);

const damaged: readonly (readonly [title: string, harm: (bytes: Buffer) => Buffer | undefined, expected: RegExp])[] = [
  ['empty', (bytes) => bytes.subarray(0, 0), /^malformed it is no SQLite database$/],
  ['cut off in its header', (bytes) => bytes.subarray(0, 50), /^truncated it ends inside its header$/],
  ['cut off in its first page', (bytes) => bytes.subarray(0, 200), /^truncated it ends inside its first page$/],
  ['cut off', (bytes) => bytes.subarray(0, 300_000), /truncated page \d+ is not there; rows are missing/],
  ['pages of 3 bytes', (bytes) => void bytes.writeUInt16BE(3, 16), /^malformed pages of 3 bytes with 0 reserved$/],
  ['nothing but reserved', (bytes) => void bytes.writeUInt8(255, 20), /^malformed pages of 512 bytes with 255/],
  ['a later version', (bytes) => void bytes.writeUInt8(3, 19), /^unsupported version 3 of the format$/],
  ['an unknown encoding', (bytes) => void bytes.writeUInt32BE(9, 56), /^malformed text encoding 9$/],
  [
    'no schema',
    (bytes) => void bytes.writeUInt8(10, 100),
    /^malformed page 1 is no part of a table.*\n.*no table wanted$/,
  ],
  [
    'interior pages that lead to themselves',
    (bytes) => {
      for (const at of pagesOf(5)) bytes.writeUInt32BE(at / 512 + 1, at + 8);
    },
    /cycle page \d+ is used twice; rows are missing/,
  ],
  [
    'more cells than room',
    (bytes) => {
      for (const at of pagesOf(13)) bytes.writeUInt16BE(0xffff, at + 3);
    },
    /malformed page \d+ has more cells than room; rows are missing/,
  ],
  [
    'cells outside their page',
    (bytes) => {
      for (const at of pagesOf(13)) bytes.writeUInt16BE(0xffff, at + 8);
    },
    /malformed a row leaves its page/,
  ],
  [
    'rows of any length',
    (bytes) => {
      for (const at of pagesOf(13)) Buffer.from('8fffffff7f', 'hex').copy(bytes, at + bytes.readUInt16BE(at + 8));
    },
    /too-large a row of 4294967295 bytes, more than the 16777216 that are read/,
  ],
];

for (const [title, harm, expected] of damaged) {
  test(`damaged database: ${title}`, () => {
    const bytes = Buffer.from(small);
    assert.match(told(read(harm(bytes) ?? bytes)).join('\n'), expected);
  });
}

test('one row for all cells of a page is not read for each', () => {
  const bytes = Buffer.from(small);
  for (const at of pagesOf(13)) {
    bytes.writeUInt16BE(250, at + 3);
    bytes.fill(bytes.subarray(at + 8, at + 10), at + 8, at + 508);
  }
  const found = read(bytes);
  assert.match(told(found).join('\n'), /malformed rows of page \d+ lie over one another; some are missing/);
  assert.ok(found.length < 10_000);
});

test('rows over the bound are told, the others read', () => {
  const found = read(small, 1000);
  assert.equal(found.length, rows.length);
  assert.ok(told(found).length > 100 && told(found).every((text) => text.startsWith('too-large')));
});

test('one chain of pages for all rows is read once', () => {
  const bytes = Buffer.from(small);
  const leaves = pagesOf(13);
  // The first row of a page lies at its end, and so does the number of its first overflow page.
  const ends = leaves.map((at) => at + 508).filter((at) => (bytes.readUInt32BE(at) - 1) >>> 0 < small.length / 512);
  for (const at of ends) bytes.writeUInt32BE(bytes.readUInt32BE(ends[0]!), at);
  const started = performance.now();
  assert.ok(ends.length > 10);
  assert.match(told(read(bytes)).join('\n'), /cycle page \d+ is used twice; rows are missing/);
  assert.ok(performance.now() - started < 5000);
});

test('a table that is not there', () => {
  assert.deepEqual(
    [...readSqliteTable(accessBytes(small), 'nothing', maxRowBytes)].map((item) => item.kind === 'damage' && item.code),
    ['incomplete'],
  );
});
