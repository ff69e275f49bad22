import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { accessBytes } from './random-access.ts';
import {
  inflateEntry,
  inflateEntrySync,
  openEntry,
  openZipFile,
  readEntryAt,
  readZipDirectory,
  readZipDirectoryAt,
  readZipDirectorySync,
} from './zip.ts';

const limits = { maxEntries: 200_000, maxPathBytes: 4096 };
const maxBytes = 1 << 20;
const testdata = new URL('./zip/testdata/', import.meta.url);
const archives = readdirSync(testdata).filter((name) => name.endsWith('.zip'));

const rowOf = (name: string, content: Buffer) => [
  name,
  content.length,
  createHash('sha256').update(content).digest('hex'),
];

for (const file of archives) {
  const expected = JSON.parse(readFileSync(new URL(file.replace('.zip', '.json'), testdata), 'utf8'));

  test(`${file} in memory reads as Python's zipfile reads it`, () => {
    const bytes = readFileSync(new URL(file, testdata));
    const { entries, problems } = readZipDirectorySync(file, bytes, limits);
    assert.deepEqual(problems, []);
    const rows = entries.map((entry) => {
      const content = inflateEntrySync(file, bytes, entry, maxBytes);
      return Buffer.isBuffer(content) ? rowOf(entry.name, content) : content;
    });
    assert.deepEqual(rows, expected);
  });

  test(`${file} where it lies reads as Python's zipfile reads it`, () => {
    const archive = { path: file, content: accessBytes(readFileSync(new URL(file, testdata))) };
    const { entries, problems } = readZipDirectoryAt(archive, limits);
    assert.deepEqual(problems, []);
    const rows = entries.map((entry) => {
      const content = readEntryAt(archive, entry, maxBytes);
      const opened = openEntry(archive, entry, maxBytes);
      assert.ok(Buffer.isBuffer(content) && !('kind' in opened));
      assert.deepEqual(opened.read(0, opened.size), content);
      return rowOf(entry.name, content);
    });
    assert.deepEqual(rows, expected);
  });

  test(`${file} on disk reads as Python's zipfile reads it`, async () => {
    await using source = await openZipFile(new URL(file, testdata).pathname, file);
    const rows: unknown[] = [];
    for (const entry of (await readZipDirectory(source, limits)).entries) {
      const content = await inflateEntry(source, entry, maxBytes);
      rows.push(Buffer.isBuffer(content) ? rowOf(entry.name, content) : content);
    }
    assert.deepEqual(rows, expected);
  });
}

interface Member {
  readonly name: string;
  readonly content?: Buffer;
  readonly method?: number;
  readonly flags?: number;
  /** What the directory says, where that is not the truth. */
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc?: number;
  readonly headerOffset?: number;
  readonly localName?: string;
}

/** An archive that may lie. */
function zipOf(members: readonly Member[], { count = members.length, comment = '' } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const member of members) {
    const { name, content = Buffer.alloc(0), method = 8, localName = name } = member;
    const data = method === 8 ? deflateRawSync(content, { level: 9 }) : content;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(localName), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(member.flags ?? 0, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(member.crc ?? crc32(content), 16);
    entry.writeUInt32LE(member.compressedSize ?? data.length, 20);
    entry.writeUInt32LE(member.size ?? content.length, 24);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE(member.headerOffset ?? at, 42);
    bodies.push(local, Buffer.from(localName), data);
    directory.push(entry, Buffer.from(name));
    at += 30 + Buffer.byteLength(localName) + data.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count % 0x10000, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(Buffer.byteLength(comment), 20);
  return Buffer.concat([...bodies, listed, end, Buffer.from(comment, 'latin1')]);
}

/** Names and lengths of what can be read, and the codes of what cannot. */
function outcome(bytes: Buffer, most = maxBytes): string[] {
  const { entries, problems } = readZipDirectorySync('x.zip', bytes, { maxEntries: 10, maxPathBytes: 50 });
  const contents = entries.map((entry) => {
    const content = inflateEntrySync('x.zip', bytes, entry, most);
    return Buffer.isBuffer(content) ? `${entry.name} ${content.length}` : content.code;
  });
  return [...problems.map(({ code }) => code), ...contents];
}

const a: Member = { name: 'a', content: Buffer.from('alpha') };
const zeros = Buffer.alloc(5 << 20);
const good = zipOf([a]);

const hostile: readonly (readonly [title: string, bytes: Buffer, expected: readonly string[]])[] = [
  ['no bytes', Buffer.alloc(0), ['truncated']],
  ['no entries', zipOf([]), []],
  ['no zip', Buffer.from('PK, but no archive of any kind'), ['truncated']],
  ['cut off before its end record', good.subarray(0, -22), ['truncated']],
  ['cut off in front', good.subarray(10), ['malformed']],
  ['bytes behind the end', Buffer.concat([good, Buffer.from('tail')]), ['truncated', 'a 5']],
  ['an end record in the comment', zipOf([a], { comment: `PK\x05\x06${'x'.repeat(40)}` }), ['a 5']],
  ['a bomb that says so', zipOf([{ name: 'a', content: zeros }]), ['too-large']],
  ['a bomb that says less', zipOf([{ name: 'a', content: zeros, size: 100 }]), ['malformed']],
  ['a size of nothing', zipOf([{ ...a, size: 0 }]), ['malformed']],
  ['a size too large', zipOf([{ ...a, size: 6 }]), ['malformed']],
  ['a stored size that differs', zipOf([{ ...a, method: 0, size: 4 }]), ['malformed']],
  ['a compressed size past the end', zipOf([{ ...a, compressedSize: 5000 }]), ['malformed']],
  ['a wrong checksum', zipOf([{ ...a, crc: 1 }]), ['malformed']],
  ['another name in the local header', zipOf([{ ...a, localName: 'b' }]), ['malformed']],
  ['no local header there', zipOf([{ ...a, headerOffset: 1, compressedSize: 0 }]), ['malformed']],
  [
    'an offset past the end',
    zipOf([
      { ...a, headerOffset: 99_999 },
      { ...a, name: 'b' },
    ]),
    ['malformed', 'b 5'],
  ],
  ['two names for the same bytes', zipOf([a, { name: 'b', headerOffset: 0 }]), ['malformed', 'a 5']],
  ['an unknown method', zipOf([{ ...a, method: 14 }]), ['unsupported']],
  ['encrypted', zipOf([{ ...a, flags: 1 }]), ['unsupported']],
  ['a size at its limit, but no 64-bit field', zipOf([{ ...a, size: 0xffffffff }, a]), ['malformed', 'a 5']],
  [
    'a way out',
    zipOf([{ ...a, name: '../a' }, { ...a, name: '/a' }, { ...a, name: 'b/..\\a' }, a]),
    ['unsafe-path', 'a 5'],
  ],
  ['dots that are no way out', zipOf([{ ...a, name: 'a..b/...' }]), ['a..b/... 5']],
  ['a long name', zipOf([{ ...a, name: 'a'.repeat(51) }, a]), ['too-large', 'a 5']],
  ['more entries than it says', zipOf([a], { count: 0 }), ['incomplete', 'a 5']],
  ['more entries than are read', zipOf(Array(11).fill(a)), ['too-many', ...Array(10).fill('a 5')]],
];

for (const [title, bytes, expected] of hostile)
  test(`hostile zip: ${title}`, () => assert.deepEqual(outcome(bytes), expected));

test('problems name the archive, the place and the entry', () => {
  const bytes = zipOf([a, { ...a, name: '../b' }, a]);
  const [problem] = readZipDirectorySync('lib/x.zip', bytes, limits).problems;
  assert.equal(problem?.where.path, 'lib/x.zip');
  assert.equal(bytes.readUInt32LE(problem!.where.offset!), 0x02014b50);
  assert.equal(
    problem?.message,
    'The zip archive lib/x.zip: entries are left out (1, first "../b"): their names lead out of the archive.',
  );
});

test('more entries than 16 bits count, on disk, in the order of the directory', async () => {
  const names = Array.from({ length: 100_001 }, (_, index) => `${index}.json`);
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-zip-'));
  try {
    writeFileSync(
      join(folder, 'many.zip'),
      zipOf(names.map((name) => ({ name, content: Buffer.from(name), method: 0 }))),
    );
    await using source = await openZipFile(join(folder, 'many.zip'), 'many.zip');
    const { entries, problems } = await readZipDirectory(source, limits);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      entries.map(({ name }) => name),
      names,
    );
    for (const index of [0, 65_536, 100_000])
      assert.equal(String(await inflateEntry(source, entries[index]!, maxBytes)), names[index]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an archive that cannot be opened says so', async () => {
  await assert.rejects(openZipFile('/nonexistent/x.zip', 'x.zip'), {
    code: 'storage',
    message: /x\.zip cannot be read/,
  });
});

test('no change of bytes makes it throw or return wrong bytes', () => {
  const contents = new Set(['alpha', 'b'.repeat(300)]);
  const bytes = zipOf([a, { name: 'b', content: Buffer.from('b'.repeat(300)) }]);
  const changes = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(changes, fc.nat(bytes.length), (edits, length) => {
      const changed = Buffer.from(bytes);
      for (const [at, value] of edits) changed[at] = value;
      for (const archive of [changed, bytes.subarray(0, length)]) {
        for (const entry of readZipDirectorySync('x.zip', archive, limits).entries) {
          const content = inflateEntrySync('x.zip', archive, entry, maxBytes);
          assert.ok(!Buffer.isBuffer(content) || content.length === 0 || contents.has(String(content)));
        }
      }
    }),
    { numRuns: 2000 },
  );
});
