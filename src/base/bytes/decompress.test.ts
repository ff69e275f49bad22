import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { PlimsollError } from '../errors.ts';
import { decompress } from './decompress.ts';

const limits = { maxLayerBytes: 1 << 30, maxExpansionRatio: 1100, freeExpansionBytes: 1 << 20 };

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 1 << 16, bounds = limits): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompress(inChunks(bytes, size), bounds, 'layer 1')) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const text = Buffer.from('The mark on the hull. '.repeat(20_000));
const noise = randomBytes(300_000);
const content = Buffer.concat([text, noise]);
/** RFC 8878 3.1.2: magic, length, data that means nothing. */
const skippable = Buffer.concat([Buffer.from([0x50, 0x2a, 0x4d, 0x18, 5, 0, 0, 0]), Buffer.from('12345')]);
const emptySkippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
const withChecksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

const forms: readonly (readonly [title: string, bytes: Buffer, expected: Buffer])[] = [
  ['plain', content, content],
  ['nothing', Buffer.alloc(0), Buffer.alloc(0)],
  ['three bytes', Buffer.from('abc'), Buffer.from('abc')],
  ['gzip', gzipSync(content), content],
  ['gzip of nothing', gzipSync(Buffer.alloc(0)), Buffer.alloc(0)],
  ['gzip in two members', Buffer.concat([gzipSync(text), gzipSync(noise)]), content],
  ['zstd', zstdCompressSync(content), content],
  ['zstd of nothing', zstdCompressSync(Buffer.alloc(0)), Buffer.alloc(0)],
  ['zstd with a checksum', zstdCompressSync(content, withChecksum), content],
  ['zstd in two frames', Buffer.concat([zstdCompressSync(text), zstdCompressSync(noise, withChecksum)]), content],
  [
    'zstd with skippable frames',
    Buffer.concat([skippable, zstdCompressSync(text), skippable, zstdCompressSync(noise), skippable]),
    content,
  ],
  [
    'zstd with skippable frames of nothing',
    Buffer.concat([emptySkippable, emptySkippable, zstdCompressSync(text), emptySkippable, zstdCompressSync(noise)]),
    content,
  ],
];

for (const [title, bytes, expected] of forms) {
  for (const size of [1 << 20, 777, 1]) {
    if (size === 1 && bytes.length > 100_000) continue;
    test(`${title}, in chunks of ${size}`, async () => assert.ok((await read(bytes, size)).equals(expected)));
  }
}

const damaged: readonly (readonly [title: string, bytes: Buffer, code: string])[] = [
  ['gzip cut off', gzipSync(content).subarray(0, 5000), 'image-unreadable'],
  ['gzip with rubbish after it', Buffer.concat([gzipSync(content), Buffer.from('rubbish')]), 'image-unreadable'],
  ['gzip with a wrong checksum', flip(gzipSync(content), -6), 'image-unreadable'],
  ['zstd cut off inside a frame', zstdCompressSync(content).subarray(0, 5000), 'image-unreadable'],
  [
    'zstd cut off inside its second frame',
    Buffer.concat([zstdCompressSync(text), zstdCompressSync(noise).subarray(0, 100)]),
    'image-unreadable',
  ],
  [
    'zstd with rubbish after it',
    Buffer.concat([zstdCompressSync(content), Buffer.from('rubbish')]),
    'image-unreadable',
  ],
  ['zstd with a wrong checksum', flip(zstdCompressSync(content, withChecksum), -1), 'image-unreadable'],
  ['bzip2', Buffer.from('BZh91AY&SY'), 'image-unreadable'],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'image-unreadable'],
];

function flip(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length + at]! ^= 0xff;
  return copy;
}

for (const [title, bytes, code] of damaged) {
  test(`damaged: ${title}`, async () => {
    await assert.rejects(
      read(bytes),
      (error) => error instanceof PlimsollError && error.code === code && error.message.startsWith('layer 1'),
    );
  });
}

test('as many small zstd frames as there are files in a layer are no burden', async () => {
  const frames = Array.from({ length: 50_000 }, (_, place) =>
    zstdCompressSync(Buffer.from(`${place % 7}`), withChecksum),
  );
  const start = performance.now();
  assert.equal((await read(Buffer.concat(frames))).length, 50_000);
  assert.ok(performance.now() - start < 10_000);
});

test('a small zstd frame that is damaged, or expands to much, is read like any other', async () => {
  const damaged = flip(zstdCompressSync(text.subarray(0, 999), withChecksum), -1);
  await assert.rejects(read(damaged), { code: 'image-unreadable' });
  const unsized = { params: { [constants.ZSTD_c_contentSizeFlag]: 0, [constants.ZSTD_c_windowLog]: 10 } };
  assert.ok((await read(zstdCompressSync(content.subarray(0, 400_000), unsized))).equals(content.subarray(0, 400_000)));
});

test('a bomb is stopped by its ratio', async () => {
  const bomb = zstdCompressSync(Buffer.alloc(256 << 20));
  await assert.rejects(
    read(bomb),
    (error) => error instanceof PlimsollError && error.code === 'limit-exceeded' && /bomb/.test(error.message),
  );
});

test('a layer that is too large is stopped', async () => {
  await assert.rejects(read(gzipSync(noise), 1 << 16, { ...limits, maxLayerBytes: 200_000 }), {
    code: 'limit-exceeded',
  });
});

test('an error of the source comes through as it is', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield gzipSync(content).subarray(0, 1000);
    throw new PlimsollError('network', 'the line went dead');
  }
  await assert.rejects(
    async () => {
      for await (const _chunk of decompress(broken(), limits, 'layer 1'));
    },
    { code: 'network' },
  );
});

test('a consumer that stops early leaves nothing running', async () => {
  for await (const _chunk of decompress(inChunks(gzipSync(content), 1000), limits, 'layer 1')) break;
});

test('frames with large windows take turns, and those that need too much memory are refused', async () => {
  const long = (windowLog: number) =>
    zstdCompressSync(content, {
      params: { [constants.ZSTD_c_windowLog]: windowLog, [constants.ZSTD_c_contentSizeFlag]: 0 },
    });
  // The window descriptor follows the frame's own: claim 2^28 bytes without having them.
  const claims = Buffer.from(zstdCompressSync(content, { params: { [constants.ZSTD_c_contentSizeFlag]: 0 } }));
  claims[4]! &= ~0x20;
  claims[5] = (28 - 10) << 3;
  await assert.rejects(read(claims), { code: 'limit-exceeded' });
  const read3 = await Promise.all([read(long(25)), read(long(25)), read(long(20))]);
  for (const bytes of read3) assert.ok(bytes.equals(content));
});
