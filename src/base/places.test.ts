import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { PlimsollError } from './errors.ts';
import { cacheDirectory, dataDirectory, ensureDirectory, writeAside } from './places.ts';

const cases: [platform: string, variables: Record<string, string>, data: string, cache: string][] = [
  ['linux', { PLIMSOLL_HOME: '/p', XDG_DATA_HOME: '/x' }, '/p', '/p/cache'],
  ['linux', { HOME: '/h' }, '/h/.local/share/plimsoll', '/h/.cache/plimsoll'],
  ['linux', { HOME: '/h', XDG_DATA_HOME: '/d', XDG_CACHE_HOME: '/c' }, '/d/plimsoll', '/c/plimsoll'],
  ['linux', { HOME: '/h', XDG_DATA_HOME: 'relative' }, '/h/.local/share/plimsoll', '/h/.cache/plimsoll'],
  ['darwin', { HOME: '/h' }, '/h/Library/Application Support/plimsoll', '/h/Library/Caches/plimsoll'],
  ['win32', { LOCALAPPDATA: '/l' }, '/l/plimsoll/Data', '/l/plimsoll/Cache'],
];

test('places follow PLIMSOLL_HOME, then the platform', () => {
  for (const [platform, variables, data, cache] of cases) {
    assert.equal(dataDirectory(variables, platform), data);
    assert.equal(cacheDirectory(variables, platform), cache);
  }
  assert.equal(dataDirectory({ PLIMSOLL_HOME: 'here' }), resolve('here'));
});

test('writing aside replaces whole and leaves nothing beside it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  try {
    const path = join(folder, 'file');
    await Promise.all([1, 2, 3, 4].map((n) => writeAside(path, String(n).repeat(10_000), { durable: true })));
    assert.match(readFileSync(path, 'utf8'), /^([1-4])\1{9999}$/);
    assert.deepEqual(readdirSync(folder), ['file']);
    await assert.rejects(writeAside(join(folder, 'absent', 'x'), ''), (error: unknown) => {
      return error instanceof PlimsollError && error.code === 'storage' && /PLIMSOLL_HOME/.test(error.message);
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('directories are made as deep as need be, at once by several, and a file in the way is an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-'));
  try {
    const deep = join(folder, 'a', 'b', 'c');
    await Promise.all([ensureDirectory(deep), ensureDirectory(deep), ensureDirectory(join(folder, 'a', 'd'))]);
    assert.deepEqual(readdirSync(join(folder, 'a')), ['b', 'd']);
    writeFileSync(join(folder, 'file'), '');
    for (const path of [join(folder, 'file'), join(folder, 'file', 'below')])
      await assert.rejects(ensureDirectory(path), { code: 'storage' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a file system that refuses directories ends it', { skip: process.platform !== 'linux' }, async () => {
  await assert.rejects(ensureDirectory('/proc/plimsoll/db'), { code: 'storage' });
});
