import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readManifest } from './read-manifest.ts';

function read(value: unknown, path = 'app/node_modules/lodash/package.json') {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return readManifest({ path, bytes: Buffer.from(text) }).map((item) =>
    item.kind === 'package'
      ? item
      : `${item.code} ${item.where.path}${item.where.offset ? `:${item.where.offset}` : ''}`,
  );
}

const lodash = { kind: 'package', type: 'npm', name: 'lodash', version: '4.17.15', state: 'installed' };
const said = { name: 'lodash', version: '4.17.15' };

test('an installed package', () => {
  assert.deepEqual(read({ ...said, license: 'MIT' }), [{ ...lodash, licenses: ['MIT'] }]);
  assert.deepEqual(read(`\ufeff${JSON.stringify(said)}`), [lodash]);
  assert.deepEqual(read({ ...said, private: true }), [lodash]);
  assert.deepEqual(read({ name: '@hapi/hoek', version: ' v8.2.3 ' }), [
    { ...lodash, name: '@hapi/hoek', version: 'v8.2.3' },
  ]);
});

test('an alias has its real name, whatever its folder is called', () => {
  assert.deepEqual(read(said, 'app/node_modules/old-lodash/package.json'), [lodash]);
});

test('old and new ways to say a licence', () => {
  const licensesOf = (fields: object) => (read({ ...said, ...fields })[0] as { licenses?: string[] }).licenses;
  assert.deepEqual(licensesOf({ license: { type: 'ISC', url: 'https://example.invalid' } }), ['ISC']);
  assert.deepEqual(licensesOf({ licenses: [{ type: 'MIT' }, 'ISC', 7, null] }), ['MIT', 'ISC']);
  assert.deepEqual(licensesOf({ license: '' }), undefined);
  assert.equal(licensesOf({ licenses: Array(5000).fill('x'.repeat(5000)) })?.join('').length, 16 * 200);
});

test('npm 6 noted git', () => {
  const git = { ...said, _resolved: 'git+https://user:secret@git.example.invalid/u/lodash.git#abcdef1' };
  assert.deepEqual(read(git), [{ ...lodash, origin: 'git+https://git.example.invalid/u/lodash.git#abcdef1' }]);
  assert.deepEqual(read({ ...said, _resolved: 'https://registry.example.invalid/lodash/-/lodash-4.17.15.tgz' }), [
    lodash,
  ]);
});

test('a project is a package if it has a name and a version; a private one is not the registry’s', () => {
  assert.deepEqual(read(said, 'opt/lodash/package.json'), [lodash]);
  assert.deepEqual(read({ ...said, private: true }, 'usr/src/app/package.json'), [
    { ...lodash, origin: 'file:usr/src/app' },
  ]);
  assert.deepEqual(read({ ...said, private: true }, 'package.json'), [{ ...lodash, origin: 'file:.' }]);
  assert.deepEqual(read({ ...said, engines: { vscode: '*' } }, 'extensions/a.b-1/package.json'), []);
  assert.deepEqual(read({ name: 'app' }, 'app/package.json'), []);
  assert.deepEqual(read({ name: '{{name}}', version: '{{version}}' }, 'app/package.json'), []);
});

test('in node_modules, half a package is reported and no package at all is not', () => {
  const path = 'app/node_modules/lodash/package.json';
  assert.deepEqual(read({ type: 'module' }), []);
  assert.deepEqual(read({ name: 'lodash' }), [`incomplete ${path}`]);
  assert.deepEqual(read({ version: '1.0.0' }), [`incomplete ${path}`]);
  assert.deepEqual(read({ name: 'lodash', version: 'workspace:*' }), [`incomplete ${path}`]);
  assert.deepEqual(read({ name: '../../etc', version: '1.0.0' }), [`incomplete ${path}`]);
});

test('hostile files', () => {
  const path = 'app/node_modules/lodash/package.json';
  assert.deepEqual(read(''), [`truncated ${path}`]);
  assert.deepEqual(read('{"name":"lodash"'), [`malformed ${path}:1`]);
  assert.deepEqual(read('{"name":"lodash","version":'), [`truncated ${path}`]);
  assert.deepEqual(read('[]'), [`malformed ${path}`]);
  assert.deepEqual(read({ name: { toString: 1 }, version: [] }), [`incomplete ${path}`]);
  assert.deepEqual(read({ name: 'x'.repeat(1e6), version: '1'.repeat(1e6) }), [`incomplete ${path}`]);
  assert.deepEqual(read(`{"a":${'['.repeat(2e6)}`), [`too-many ${path}`]);
  assert.deepEqual(read('{"__proto__":{"name":"lodash","version":"4.17.15"}}'), []);
});
