import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCopy } from './unpacked-copy.ts';

test('a copy can be read, and has no name that a killed process would leave', async () => {
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-copy-'));
  process.env.TMPDIR = folder;
  try {
    const copy = await createCopy();
    await copy.handle.writeFile('what is unpacked');
    assert.equal(readFileSync(copy.path, 'utf8'), 'what is unpacked');
    if (process.platform === 'linux') assert.deepEqual(readdirSync(folder), []);
    await copy.dispose();
    assert.deepEqual(readdirSync(folder), []);
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true });
  }
});
