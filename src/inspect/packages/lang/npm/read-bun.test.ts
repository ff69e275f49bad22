import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../../../base/limits.ts';
import { toPlainJson } from './plain-json.ts';
import { readBun } from './read-bun.ts';

function read(value: unknown, limits = defaultLimits) {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return [...readBun({ path: 'bun.lock', bytes: Buffer.from(text) }, limits)].map((item) => {
    if (item.kind !== 'package') return item.kind === 'problem' ? item.code : item.kind;
    return `${item.name}@${item.version}${item.development ? ' development' : ''}${item.origin ? ` from ${item.origin}` : ''}`;
  });
}

const lock = (packages: unknown, workspaces = {}) => ({ lockfileVersion: 1, workspaces, packages });
const needs = (...names: string[]) => ({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });

test('comments and trailing commas', () => {
  const cases: readonly [text: string, plain: string][] = [
    ['[1,]', '[1]'],
    ['{"a": [1, 2,\n],\n}', '{"a": [1, 2\n]\n}'],
    ['[1, // one, two ]\n2 /* , */,]', '[1, \n2 ]'],
    ['[1, /* ] */ // ,\n]', '[1  \n]'],
    ['["//", "/*", ",]", "\\",]"]', '["//", "/*", ",]", "\\",]"]'],
    ['[1,,]', '[1,]'],
    ['[1 /* open', '[1 '],
    ['["open, // ]', '["open, // ]'],
  ];
  for (const [text, plain] of cases) assert.equal(toPlainJson(text), plain, text);
});

test('comments and commas that would take long', () => {
  for (const text of ['/*'.repeat(4e6), '"\\'.repeat(4e6), ', '.repeat(4e6), ',]'.repeat(4e6), '\\"'.repeat(4e6)])
    toPlainJson(text);
});

test('what an entry takes', () => {
  const packages = {
    lodash: ['lodash@4.17.15', '', {}, 'sha512-x'],
    old: ['lodash@4.17.10', '', {}, 'sha512-x'],
    '@scope/tool': ['@scope/tool@workspace:packages/tool'],
    git: ['git@github:user/git#0123456', {}, 'user-git-0123456'],
    tar: ['tar@https://u:p@x.example.invalid/tar.tgz', {}],
  };
  assert.deepEqual(read(lock(packages)), [
    'lodash@4.17.15',
    'lodash@4.17.10',
    'git@0123456 from github:user/git#0123456',
    'tar@https://x.example.invalid/tar.tgz from https://x.example.invalid/tar.tgz',
  ]);
});

test('who needs it says whether it is for development', () => {
  const workspaces = {
    '': { name: 'app', ...needs('a'), devDependencies: { b: '*', '@s/c': '*' } },
    'packages/w': { name: '@app/w', ...needs('b') },
  };
  const packages = {
    a: ['a@1.0.0', '', needs('shared')],
    b: ['b@1.0.0', '', needs('shared', 'only')],
    '@app/w/b': ['b@2.0.0', '', needs('deep')],
    'b/only': ['only@1.0.0', '', needs('b')],
    '@s/c': ['@s/c@1.0.0', '', needs('d')],
    '@s/d': ['@s/d@1.0.0', ''],
    '@s/c/d': ['d@1.0.0', ''],
    deep: ['deep@1.0.0', ''],
    shared: ['shared@1.0.0', ''],
  };
  assert.deepEqual(read(lock(packages, workspaces)), [
    'a@1.0.0',
    'b@1.0.0 development',
    'b@2.0.0',
    'only@1.0.0 development',
    '@s/c@1.0.0 development',
    '@s/d@1.0.0',
    'd@1.0.0 development',
    'deep@1.0.0',
    'shared@1.0.0',
  ]);
});

test('empty, truncated and other files', () => {
  assert.deepEqual(read(''), ['truncated']);
  assert.deepEqual(read({ lockfileVersion: 1, workspaces: {} }), []);
  assert.deepEqual(read('{"lockfileVersion": 1, "packages": {"a": ["a@1.0.0",'), ['truncated']);
  assert.deepEqual(read('{}'), ['malformed']);
});

test('oversized and lying files', () => {
  assert.deepEqual(read(lock([])), ['malformed']);
  assert.deepEqual(
    read(lock({ a: 'a@1.0.0', b: [], c: [7], d: ['d'], e: ['../e@1.0.0'] })),
    Array(5).fill('incomplete'),
  );
  assert.equal(
    read(lock({ a: ['a@1.0.0'], b: ['b@1.0.0'] }), { ...defaultLimits, maxPackagesPerFile: 1 })[0],
    'too-many',
  );
  assert.deepEqual(read(`{"packages":{"a":[${'{},'.repeat(1e6)}]}}`), ['too-many']);
});

test('a cycle of needs, and look-ups without end', () => {
  assert.deepEqual(
    read(lock({ a: ['a@1.0.0', '', needs('a', '__proto__')] }, { '': { devDependencies: { a: '*' } } })),
    ['a@1.0.0 development'],
  );
  const deep = `${'a/'.repeat(500)}a`;
  const many = Array.from({ length: 20_000 }, (_, i) => `n${i}`);
  const workspaces = { '': { devDependencies: { [deep]: '*' } } };
  assert.deepEqual(read(lock({ [deep]: ['a@1.0.0', '', needs(...many)] }, workspaces)), ['a@1.0.0']);
});
