import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../../../base/limits.ts';
import { readPackageLock } from './read-package-lock.ts';

function read(value: unknown, limits = defaultLimits) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [...readPackageLock({ path: 'package-lock.json', bytes: Buffer.from(text) }, limits)].map((item) => {
    if (item.kind !== 'package') return item.kind === 'problem' ? item.code : item.kind;
    return `${item.name}@${item.version}${item.development ? ' development' : ''}${item.origin ? ` from ${item.origin}` : ''}`;
  });
}

const places = (packages: object) => ({ lockfileVersion: 3, packages });
const tree = (dependencies: object) => ({ lockfileVersion: 1, dependencies });

test('only what is needed in development alone is marked', () => {
  const packages = {
    'node_modules/a': { version: '1.0.0', dev: true },
    'node_modules/b': { version: '1.0.0', devOptional: true },
    'node_modules/c': { version: '1.0.0', optional: true },
    'node_modules/d': { version: '1.0.0', peer: true },
    'node_modules/e/node_modules/a': { version: '1.0.0' },
    'node_modules/f': { version: '1.0.0', dev: true },
    'node_modules/g/node_modules/f': { version: '1.0.0', dev: true },
  };
  assert.deepEqual(read(places(packages)), ['a@1.0.0', 'b@1.0.0', 'c@1.0.0', 'd@1.0.0', 'f@1.0.0 development']);
});

test('a mirror is a registry; an address that somebody asked for is not', () => {
  const packages = {
    '': { dependencies: { a: '^1.0.0', b: 'https://files.example.invalid/b.tgz', c: 'user/c' } },
    'node_modules/a': { version: '1.0.0', resolved: 'https://mirror.example.invalid/npm/a.tgz' },
    'node_modules/b': { version: '1.0.0', resolved: 'https://token@files.example.invalid/b.tgz?sig=secret' },
    'node_modules/c': { version: '1.0.0', resolved: 'git+ssh://git@git.example.invalid/user/c.git#0123456' },
  };
  assert.deepEqual(read(places(packages)), [
    'a@1.0.0',
    'b@1.0.0 from https://files.example.invalid/b.tgz',
    'c@1.0.0 from git+ssh://git@git.example.invalid/user/c.git#0123456',
  ]);
});

test('aliases, links and workspaces', () => {
  const packages = {
    '': { name: 'app', version: '1.0.0' },
    'packages/tool': { name: 'tool', version: '1.0.0' },
    'node_modules/tool': { resolved: 'packages/tool', link: true },
    'packages/tool/node_modules/old': { name: 'lodash', version: '4.17.10' },
  };
  assert.deepEqual(read(places(packages)), ['lodash@4.17.10']);
  const dependencies = { old: { version: 'npm:@scope/lodash@4.17.10' }, tool: { version: 'file:packages/tool' } };
  assert.deepEqual(read(tree(dependencies)), ['@scope/lodash@4.17.10']);
});

test('a project without dependencies', () => {
  assert.deepEqual(read({ lockfileVersion: 1 }), []);
  assert.deepEqual(read({ lockfileVersion: 3, packages: { '': { name: 'app' } } }), []);
});

test('empty, truncated and other files', () => {
  assert.deepEqual(read(''), ['truncated']);
  assert.deepEqual(read('{"lockfileVersion":3,"packages":{'), ['malformed']);
  assert.deepEqual(read('{"lockfileVersion":'), ['truncated']);
  assert.deepEqual(read('{}'), ['malformed']);
  assert.deepEqual(read({ lockfileVersion: 3, packages: [] }), ['malformed']);
});

test('entries that lie', () => {
  const packages = {
    'node_modules/a': 7,
    'node_modules/b': { version: {} },
    'node_modules/../../c': { version: '1.0.0' },
    'node_modules/d': { version: '1.0.0', resolved: [], dev: 'yes', license: {} },
    'node_modules/__proto__': { version: '1.0.0' },
  };
  assert.deepEqual(read(places(packages)), ['malformed', 'incomplete', 'incomplete', 'd@1.0.0', '__proto__@1.0.0']);
  assert.deepEqual(read(tree({ a: null, b: {}, c: { version: 1 } })), ['malformed', 'incomplete', 'incomplete']);
});

test('more entries than are allowed, and many damaged ones', () => {
  const many = (entry: unknown) =>
    places(Object.fromEntries(Array.from({ length: 99 }, (_, i) => [`node_modules/a${i}`, entry])));
  assert.equal(read(many({ version: '1.0.0' }), { ...defaultLimits, maxPackagesPerFile: 3 })[0], 'too-many');
  assert.equal(read(many({})).length, 21);
  assert.deepEqual(read(`{"packages":{"a":[${'{},'.repeat(1e6)}1]}}`), ['too-many']);
});

test('a tree of version 1 that is deeper than any file system', () => {
  const depth = 50_000;
  const text = `{"dependencies":${'{"a":{"version":"1.0.0","dependencies":'.repeat(depth)}{}${'}}'.repeat(depth)}}`;
  assert.deepEqual(read(text), ['too-deep', 'a@1.0.0']);
});
