import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { trimCache } from './trim-cache.ts';

test('what was unused for longest goes first, and nothing young', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-trim-'));
  try {
    mkdirSync(join(folder, 'below'));
    const hour = 3600;
    for (const [name, age] of [
      ['oldest', 9],
      ['below/older', 8],
      ['old', 7],
      ['young', 0],
    ] as const) {
      writeFileSync(join(folder, name), Buffer.alloc(10_000));
      const used = Date.now() / 1000 - age * hour;
      utimesSync(join(folder, name), used, used);
    }
    await trimCache(folder, 25_000);
    assert.deepEqual(readdirSync(folder).sort(), ['below', 'old', 'young']);
    assert.deepEqual(readdirSync(join(folder, 'below')), []);
    await trimCache(folder, 0);
    assert.deepEqual(readdirSync(folder).sort(), ['below', 'young']);
    await trimCache(join(folder, 'nothing'), 0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
