import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../../../base/limits.ts';
import { parsePnpmKey } from './pnpm-key.ts';
import { readPnpm } from './read-pnpm.ts';

function read(text: string, limits = defaultLimits) {
  return [...readPnpm({ path: 'pnpm-lock.yaml', bytes: Buffer.from(text) }, limits)].map((item) => {
    if (item.kind !== 'package') return item.kind === 'problem' ? item.code : item.kind;
    return `${item.name}@${item.version}${item.development ? ' development' : ''}${item.origin ? ` from ${item.origin}` : ''}`;
  });
}

const keys: readonly [version: number, key: string, name: string, number: string][] = [
  [5.4, '/lodash/4.17.15', 'lodash', '4.17.15'],
  [5.4, '/@hapi/hoek/8.2.3', '@hapi/hoek', '8.2.3'],
  [5.4, '/use-sync-external-store/1.2.0_react@18.2.0', 'use-sync-external-store', '1.2.0'],
  [5.4, '/a/1.0.0-rc.1+build_2q7s3ib5cbsbqmjcq4lbrzgu4m', 'a', '1.0.0-rc.1+build'],
  [5.1, '/foo/1.0.0/bar@2.0.0', 'foo', '1.0.0'],
  [5.1, 'npm.example.invalid/@hapi/hoek/8.2.3', '@hapi/hoek', '8.2.3'],
  [6, '/lodash@4.17.15', 'lodash', '4.17.15'],
  [6.1, '/@hapi/hoek@8.2.3(react@18.2.0)(@types/node@20.0.0)', '@hapi/hoek', '8.2.3'],
  [9, 'lodash@4.17.15', 'lodash', '4.17.15'],
  [9, '@hapi/hoek@8.2.3(patch_hash=abc)(react@18.2.0)', '@hapi/hoek', '8.2.3'],
];

test('keys of registry packages', () => {
  for (const [version, key, name, number] of keys)
    assert.deepEqual(parsePnpmKey(key, version), { name, version: number }, key);
});

test('keys of other packages', () => {
  for (const key of [
    'file:a.tgz',
    'git.example.invalid/u/7zip/ac3a71a556b5549fb1883cc79f9243a0063d85e7',
    '@x.example.invalid/a.tgz',
  ])
    for (const version of [5.4, 6]) assert.deepEqual(parsePnpmKey(key, version), { address: key });
  assert.deepEqual(parsePnpmKey('a@https://x.example.invalid/a.tgz', 9), {
    name: 'a',
    address: 'https://x.example.invalid/a.tgz',
  });
});

test('who needs it says whether it is for development', () => {
  const text = `lockfileVersion: '9.0'
importers:
  .:
    dependencies: {a: {specifier: ^1, version: 1.0.0(peer@1.0.0)}, w: {specifier: 'workspace:*', version: 'link:packages/w'}}
    devDependencies: {b: {specifier: ^1, version: 1.0.0}, alias: {specifier: 'npm:real@1', version: real@1.0.0}}
packages: {a@1.0.0: {}, b@1.0.0: {}, shared@1.0.0: {}, only@1.0.0: {}, real@1.0.0: {}, peer@1.0.0: {}, lost@1.0.0: {}}
snapshots:
  a@1.0.0(peer@1.0.0): {dependencies: {shared: 1.0.0, peer: 1.0.0}}
  b@1.0.0: {dependencies: {shared: 1.0.0}, optionalDependencies: {only: 1.0.0}}
  only@1.0.0: {dependencies: {b: 1.0.0}}
  shared@1.0.0: {}
  peer@1.0.0: {}
  real@1.0.0: {}
`;
  assert.deepEqual(read(text), [
    'a@1.0.0',
    'b@1.0.0 development',
    'shared@1.0.0',
    'only@1.0.0 development',
    'real@1.0.0 development',
    'peer@1.0.0',
    'lost@1.0.0',
  ]);
});

test('a document of tools before that of the project', () => {
  const text = `---
lockfileVersion: '9.0'
packages: {pnpm@11.0.0: {}}
---
lockfileVersion: '9.0'
packages: {a@1.0.0: {}}
`;
  assert.deepEqual(read(text), ['pnpm@11.0.0', 'a@1.0.0']);
});

test('empty, truncated and other files', () => {
  assert.deepEqual(read(''), ['truncated']);
  assert.deepEqual(read("lockfileVersion: '9.0'\n"), []);
  assert.deepEqual(read("lockfileVersion: '9.0'\npackages: {a@1.0"), ['malformed']);
  assert.deepEqual(read('shrinkwrapVersion: 3\npackages: {}\n'), ['unsupported']);
  assert.deepEqual(read('just text'), ['malformed']);
});

test('oversized and lying files', () => {
  const lock = (packages: string) => `lockfileVersion: '9.0'\npackages: ${packages}\n`;
  assert.deepEqual(read(lock('[]')), ['malformed']);
  assert.deepEqual(read(lock('{a@1.0.0: 1, b: {}, ../c@1.0.0: {}}')), ['malformed', 'incomplete', 'incomplete']);
  assert.deepEqual(read(lock('{a@1.0.0: &x {}, b@1.0.0: *x}')), ['malformed']);
  assert.deepEqual(read(lock('{a@1.0.0: {}, a@1.0.0: {}}')), ['malformed']);
  assert.equal(read(lock('{a@1.0.0: {}, a@2.0.0: {}}'), { ...defaultLimits, maxPackagesPerFile: 1 })[0], 'too-many');
  assert.deepEqual(read(lock(`{a@1.0.0: ${'{b: '.repeat(200)}1${'}'.repeat(200)}}`)), ['too-deep']);
  assert.deepEqual(read(`lockfileVersion: 5.4\npackages: {/${'a/'.repeat(1e5)}1.0.0: {}}\n`), ['incomplete']);
});
