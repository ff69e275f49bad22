import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { HashPool } from './hash-pool.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-hash-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'file');
const bytes = Buffer.concat([randomBytes(1 << 20), Buffer.alloc(64 << 20, 'x')]);
writeFileSync(path, bytes);
const sha256 = (part: Buffer) => createHash('sha256').update(part).digest('hex');

test('parts are hashed, here or in the other thread', async () => {
  await using pool = new HashPool();
  const ranges = [
    { path, start: 0, size: bytes.length },
    { path, start: 512, size: 60 << 20 },
    { path, start: 7, size: 100 },
    { path, start: 0, size: 0 },
  ];
  const pending = ranges.map((range) => pool.begin(range, 'sha256'));
  const digests = await Promise.all(pending.map((one) => one.result()));
  assert.deepEqual(
    digests,
    ranges.map(({ start, size }) => sha256(bytes.subarray(start, start + size))),
  );
});

test('what is asked twice is hashed once', async () => {
  await using pool = new HashPool();
  const range = { path, start: 0, size: bytes.length };
  const [first, second] = [pool.begin(range, 'sha512'), pool.begin(range, 'sha512')];
  assert.equal(await first.result(), await second.result());
  assert.equal(await second.result(), createHash('sha512').update(bytes).digest('hex'));
});

for (const size of [bytes.length + 1, 100]) {
  test(`a file that is cut off has no digest (${size})`, async () => {
    await using pool = new HashPool();
    assert.equal(await pool.begin({ path, start: bytes.length - 50, size }, 'sha256').result(), undefined);
  });
}

test('a file that is gone is an error, in both threads', async () => {
  await using pool = new HashPool();
  const gone = join(folder, 'gone');
  await assert.rejects(pool.begin({ path: gone, start: 0, size: 100 << 20 }, 'sha256').result(), /ENOENT/);
  await assert.rejects(pool.begin({ path: gone, start: 0, size: 1 }, 'sha256').result(), /ENOENT/);
});

test('hashing can be cancelled', async () => {
  await using pool = new HashPool();
  const range = { path, start: 0, size: 40 << 20 };
  await assert.rejects(pool.begin(range, 'sha256').result(AbortSignal.abort(new Error('enough'))), /enough/);
});
