import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { TarEntry } from './entry.ts';
import { TarWalker } from './walker.ts';

const limits = { maxTarHeaderBytes: 1 << 20 };
const testdata = new URL('./testdata/', import.meta.url);

interface Walked {
  readonly entries: TarEntry[];
  readonly hashes: Map<string, string>;
  readonly problems: string[];
}

function walk(archive: Buffer, chunkBytes = archive.length || 1): Walked {
  const walked: Walked = { entries: [], hashes: new Map(), problems: [] };
  const walker = new TarWalker(
    {
      entry: (entry) => walked.entries.push(entry) > 0 && entry.type === 'file',
      body: (entry, bytes) => walked.hashes.set(entry.path, createHash('sha256').update(bytes).digest('hex')),
      problem: (code, message, offset, fatal) => walked.problems.push(`${code} ${offset} ${fatal} ${message}`),
    },
    limits,
  );
  for (let at = 0; at < archive.length; at += chunkBytes) walker.write(archive.subarray(at, at + chunkBytes));
  walker.end();
  return walked;
}

for (const file of readdirSync(testdata).filter((name) => name.endsWith('.tar.gz'))) {
  const archive = gunzipSync(readFileSync(new URL(file, testdata)));
  const expected = JSON.parse(readFileSync(new URL(file.replace('.tar.gz', '.json'), testdata), 'utf8'));
  for (const chunkBytes of [archive.length, 1000, 511, 7]) {
    test(`${file} in chunks of ${chunkBytes} reads as Python's tarfile reads it`, () => {
      const { entries, hashes, problems } = walk(archive, chunkBytes);
      assert.deepEqual(problems, []);
      const listed = entries.map(({ path, type, size, linkName, mode, uid, gid }) => ({
        path: path.replace(/\/$/, ''),
        type,
        size,
        linkName,
        mode,
        uid,
        gid,
        ...(type === 'file' ? { sha256: hashes.get(path) } : {}),
      }));
      assert.deepEqual(listed, expected);
    });
  }
}

/** A header block with a right checksum. */
function header(fields: { name?: string; type?: string; size?: number; sizeField?: string; magic?: string }): Buffer {
  const block = Buffer.alloc(512);
  block.write(fields.name ?? 'file', 0, 'latin1');
  block.write('0000644\0', 100, 'latin1');
  block.write(fields.sizeField ?? `${(fields.size ?? 0).toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  block.write(fields.type ?? '0', 156, 'latin1');
  block.write(fields.magic ?? 'ustar\x0000', 257, 'latin1');
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function pad(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), Buffer.alloc((512 - (Buffer.byteLength(text) % 512)) % 512)]);
}

const end = Buffer.alloc(1024);

const damaged: readonly (readonly [
  title: string,
  archive: Buffer,
  problem: RegExp | undefined,
  paths: readonly string[],
])[] = [
  ['nothing', Buffer.alloc(0), undefined, []],
  ['only the end mark', end, undefined, []],
  ['no end mark', header({ name: 'a' }), undefined, ['a']],
  [
    'no padding after the last body',
    Buffer.concat([header({ size: 10 }), Buffer.from('0123456789')]),
    undefined,
    ['file'],
  ],
  ['half a header', header({ name: 'a' }).subarray(0, 300), /^truncated 300 true/, []],
  [
    'a body that is cut off',
    Buffer.concat([header({ size: 1000 }), Buffer.alloc(600)]),
    /^truncated 1112 true/,
    ['file'],
  ],
  [
    'a wrong checksum',
    Buffer.concat([header({ name: 'a' }), Buffer.from('x'.repeat(512))]),
    /^malformed 512 true/,
    ['a'],
  ],
  ['a size that is no number', Buffer.concat([header({ sizeField: '99999999999\0' }), end]), /^malformed 0 true/, []],
  [
    'an extended header of 8 GB',
    Buffer.concat([header({ type: 'x', sizeField: '77777777777\0' }), end]),
    /^too-large 0 true/,
    [],
  ],
  ['a long name of 2 MB', Buffer.concat([header({ type: 'L', size: 2 << 20 }), end]), /^too-large 0 true/, []],
  [
    'an extended header whose lengths lie',
    Buffer.concat([header({ type: 'x', size: 20 }), pad('99 path=abc\n'), header({ name: 'a' }), end]),
    /^malformed 0 false/,
    ['a'],
  ],
  [
    'an extended header with a negative size',
    Buffer.concat([header({ type: 'x', size: 11 }), pad('11 size=-1\n'), header({ name: 'a' }), end]),
    /^malformed 1024 false/,
    [],
  ],
  [
    'an unknown type',
    Buffer.concat([header({ name: 'v', type: 'V', size: 600 }), Buffer.alloc(1024), header({ name: 'a' }), end]),
    /^unsupported 0 false/,
    ['a'],
  ],
  [
    'a sparse map that leaves its file',
    Buffer.concat([
      header({ type: 'x', size: 66 }),
      pad('22 GNU.sparse.major=1\n22 GNU.sparse.minor=0\n25 GNU.sparse.realsize=10\n'.slice(0, 69)),
      end,
    ]),
    /^malformed/,
    [],
  ],
  [
    'a hard link that claims a body',
    Buffer.concat([header({ name: 'h', type: '1', size: 5000 }), header({ name: 'a' }), end]),
    undefined,
    ['h', 'a'],
  ],
  [
    'bytes after the end mark',
    Buffer.concat([header({ name: 'a' }), end, Buffer.from('rubbish'.repeat(100))]),
    undefined,
    ['a'],
  ],
];

for (const [title, archive, problem, paths] of damaged) {
  test(`damaged archive: ${title}`, () => {
    const walked = walk(archive);
    assert.deepEqual(
      walked.entries.map(({ path }) => path),
      paths,
    );
    if (problem === undefined) assert.deepEqual(walked.problems, []);
    else assert.match(walked.problems[0] ?? '', problem);
    assert.deepEqual(walk(archive, 100).problems, walked.problems, 'chunk borders make no difference');
  });
}

test('no bytes make the walker throw', () => {
  const good = gunzipSync(readFileSync(new URL('pax.tar.gz', testdata)));
  const change = fc.record({ at: fc.nat(good.length - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 20 }), fc.nat(good.length), (changes, length) => {
      const archive = Buffer.from(good.subarray(0, length));
      for (const { at, byte } of changes) if (at < archive.length) archive[at] = byte;
      walk(archive, 4096);
    }),
    { numRuns: 300 },
  );
});
