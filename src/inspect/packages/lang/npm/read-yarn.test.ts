import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultLimits } from '../../../../base/limits.ts';
import { readYarn } from './read-yarn.ts';

function read(text: string, limits = defaultLimits) {
  return [...readYarn({ path: 'yarn.lock', bytes: Buffer.from(text) }, limits)].map((item) => {
    if (item.kind === 'package') return `${item.name}@${item.version}${item.origin ? ` from ${item.origin}` : ''}`;
    return item.kind === 'problem' ? `${item.code}${item.where.offset ? ` line ${item.where.offset}` : ''}` : item.kind;
  });
}

const head = '# yarn lockfile v1\n\n\n';
const classic = (header: string, ...fields: string[]) =>
  `${head}${header}:\n${fields.map((line) => `  ${line}\n`).join('')}`;

test('yarn 1: ranges, quoted or not', () => {
  assert.deepEqual(read(classic('lodash@^4.0.0, lodash@^4.17.0', 'version "4.17.15"')), ['lodash@4.17.15']);
  assert.deepEqual(read(classic('"@hapi/hoek@>=8 <9", "@hapi/hoek@8.x"', 'version "8.2.3"')), ['@hapi/hoek@8.2.3']);
  assert.deepEqual(read(classic('old@npm:lodash@^4', 'version "4.17.10"')), ['lodash@4.17.10']);
  assert.deepEqual(read(classic('"old@npm:@hapi/hoek@8"', 'version "8.2.3"')), ['@hapi/hoek@8.2.3']);
  assert.deepEqual(read(classic('lodash@latest', 'version "4.17.15"').replaceAll('\n', '\r\n')), ['lodash@4.17.15']);
});

test('yarn 1: an offline mirror is no origin, an address or a repository is', () => {
  assert.deepEqual(read(classic('a@^1', 'version "1.0.0"', 'resolved "a-1.0.0.tgz#00"')), ['a@1.0.0']);
  assert.deepEqual(
    read(classic('a@user/a', 'version "1.0.0"', 'resolved "https://t@git.example.invalid/a/tar.gz/00"')),
    ['a@1.0.0 from https://git.example.invalid/a/tar.gz/00'],
  );
  assert.deepEqual(read(classic('"a@file:./a"', 'version "0.0.0"')), ['a@0.0.0 from file:./a']);
});

test('yarn 1: the version of a dependency is not that of the entry', () => {
  const text = classic('a@^1', 'version "1.0.0"', 'dependencies:', '  version "2.0.0"', '  b "^1.0.0"');
  assert.deepEqual(read(text), ['a@1.0.0']);
});

test('yarn 1: empty, truncated and damaged files', () => {
  assert.deepEqual(read(''), []);
  assert.deepEqual(read(head), []);
  assert.deepEqual(read(`${head}lodash@^4:\n  vers`), ['incomplete line 4']);
  assert.deepEqual(read(`${head}lodash@^4`), ['malformed line 4']);
  assert.deepEqual(read(`${head}  version "1"\n`), ['malformed line 4']);
  assert.deepEqual(read(classic('lodash', 'version "1.0.0"')), ['incomplete line 4']);
  assert.deepEqual(read(`<<<<<<< HEAD\n${classic('a@1', 'version "1.0.0"')}=======\n>>>>>>> x\n`), [
    'malformed line 1',
    'malformed line 7',
    'malformed line 8',
    'a@1.0.0',
  ]);
});

test('yarn 1: oversized and lying files', () => {
  const entries = Array.from({ length: 9 }, (_, i) => `a@${i}:\n  version "${i}.0.0"\n`).join('');
  assert.equal(read(entries, { ...defaultLimits, maxPackagesPerFile: 3 })[0], 'too-many');
  assert.deepEqual(read(classic('../x@1', 'version "1.0.0"')), ['incomplete']);
  assert.deepEqual(read(classic('a@1', 'version "not a version"')), ['incomplete line 4']);
  assert.deepEqual(read(classic('a@1', 'version "^1.0.0"')), ['incomplete']);
  assert.deepEqual(read(`${'"'.repeat(1e6)}:\n`), ['incomplete line 1']);
  assert.deepEqual(read(`${'x'.repeat(4e6)}@1:\n  version "${'1'.repeat(4e6)}"\n`), ['incomplete line 1']);
});

const berry = (key: string, resolution: string, version = '1.0.0') =>
  `__metadata:\n  version: 8\n\n"${key}":\n  version: ${version}\n  resolution: "${resolution}"\n`;

test('yarn 2 and later: protocols', () => {
  assert.deepEqual(read(berry('a@npm:^1.0.0, a@npm:~1.0.0', 'a@npm:1.0.0')), ['a@1.0.0']);
  assert.deepEqual(read(berry('old@npm:@hapi/hoek@8', '@hapi/hoek@npm:8.2.3', '8.2.3')), ['@hapi/hoek@8.2.3']);
  for (const own of ['workspace:.', 'link:./a::locator=x', 'portal:../a'])
    assert.deepEqual(read(berry('a', `a@${own}`)), []);
  assert.deepEqual(read(berry('a', 'a@patch:a@npm%3A1.0.0#./fix.patch::version=1.0.0&hash=00')), ['a@1.0.0']);
  assert.deepEqual(read(berry('a', 'a@patch:a@https://x.example.invalid/a.tgz#./fix.patch')), [
    'a@1.0.0 from https://x.example.invalid/a.tgz',
  ]);
  assert.deepEqual(read(berry('a', 'a@https://x.example.invalid/a.git#commit=0123456')), [
    'a@1.0.0 from https://x.example.invalid/a.git#commit=0123456',
  ]);
});

test('yarn 2 and later: versions stay text', () => {
  assert.deepEqual(read(berry('a', 'a@npm:1.10', '1.10')), ['a@1.10']);
  assert.deepEqual(read(berry('a', 'a@npm:1e3', '1e3')), ['a@1e3']);
});

test('yarn 2 and later: damaged and hostile files', () => {
  assert.deepEqual(read('__metadata:\n  version: 8\n'), []);
  assert.deepEqual(read('__metadata:\n  version: 8\n"a@npm:1":\n  vers'), ['incomplete']);
  assert.deepEqual(read('__metadata: {'), ['malformed line 1']);
  assert.deepEqual(read('__metadata: 1\na: &x [b]\nc: *x\n'), ['malformed line 3']);
  assert.deepEqual(read(`__metadata:\na: ${'['.repeat(5000)}`), ['too-deep line 2']);
  assert.deepEqual(read(`__metadata: 1\na: [${'b,'.repeat(500_001)}b]`), ['too-many']);
  assert.deepEqual(read('__metadata: 1\na: 1\nb: {}\n__proto__: {resolution: "c@npm:1", version: 1}\n'), [
    'incomplete',
    'incomplete',
    'c@1',
  ]);
});
