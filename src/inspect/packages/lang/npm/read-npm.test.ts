import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { defaultLimits } from '../../../../base/limits.ts';
import type { Found } from '../../cataloguer.ts';
import { npm } from './index.ts';

const readNpm = await npm.load!();
const testdata = new URL('./testdata/', import.meta.url);
const folders = readdirSync(testdata, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** Where the lock file does not know what the tool finds out when it unpacks: left as the lock says it, right as unpacked. */
const unknownVersions: Readonly<Record<string, string>> = {
  'tar-dep@file:tar-dep-1.2.0.tgz': 'tar-dep@1.2.0',
  'tar-dep@./tar-dep-1.2.0.tgz': 'tar-dep@1.2.0',
  'url-dep@http://site.example.invalid/url-dep-2.0.1.tgz': 'url-dep@2.0.1',
  'local-dir@file:local-dir': 'local-dir@0.3.0',
};

for (const { name } of folders) {
  test(`the lock file of ${name} lists what ${name} unpacks`, () => {
    const { lock, bytes } = lockOf(name);
    const found = [...readNpm({ path: `app/${lock}`, bytes }, defaultLimits)];
    assert.deepEqual(found.map(toLine).sort(), unpackedBy(name));
  });

  test(`the lock file of ${name} says what is not from the registry`, () => {
    const { lock, bytes } = lockOf(name);
    const found = [...readNpm({ path: lock, bytes }, defaultLimits)];
    const elsewhere = found.filter((item) => item.kind === 'package' && item.origin !== undefined);
    const names = elsewhere.map((item) => (item.kind === 'package' ? item.name : ''));
    // npm links folders, which makes them no packages.
    const folder = name.startsWith('npm') ? [] : ['local-dir'];
    assert.deepEqual(names.sort(), ['git-dep', ...folder, 'tar-dep', 'url-dep']);
  });

  test(`the lock file of ${name}, cut anywhere, is reported where its format can tell`, () => {
    const { lock, bytes } = lockOf(name);
    const isJson = lock === 'package-lock.json' || lock === 'bun.lock';
    for (let length = 0; length < bytes.length - 2; length += Math.ceil(bytes.length / 97)) {
      const found = [...readNpm({ path: lock, bytes: bytes.subarray(0, length) }, defaultLimits)];
      if (isJson) assert.equal(found[0]?.kind, 'problem', `${length} bytes`);
      for (const item of found) if (item.kind === 'problem') assert.equal(item.where.path, lock);
    }
  });
}

function lockOf(folder: string): { lock: string; bytes: Buffer } {
  const lock = readdirSync(new URL(`${folder}/`, testdata)).find((name) => name !== 'unpacked.txt')!;
  return { lock, bytes: readFileSync(new URL(`${folder}/${lock}`, testdata)) };
}

function unpackedBy(folder: string): string[] {
  const lines = readFileSync(new URL(`${folder}/unpacked.txt`, testdata), 'utf8')
    .trim()
    .split('\n');
  // pnpm unpacks what a tarball bundles, but does not list it.
  return lines.filter((line) => !(folder.startsWith('pnpm') && line === 'inherits@2.0.3')).sort();
}

function toLine(item: Found): string {
  if (item.kind !== 'package') return JSON.stringify(item);
  assert.equal(item.state, 'declared');
  const text = `${item.name}@${item.version}`.replace(/^git-dep@[0-9a-f]{40}$/, 'git-dep@3.1.0');
  return `${unknownVersions[text] ?? text}${item.development ? ' development' : ''}`;
}

test('a name that is no file of npm', () => {
  assert.deepEqual([...readNpm({ path: 'app/composer.lock', bytes: Buffer.from('{}') }, defaultLimits)], []);
});

test('the binary lock file of bun is named, not passed over', () => {
  const [problem] = [...readNpm({ path: 'app/bun.lockb', bytes: Buffer.from('#!/usr/bin/env bun\n') }, defaultLimits)];
  assert.ok(problem?.kind === 'problem' && problem.code === 'unsupported' && problem.where.path === 'app/bun.lockb');
});
