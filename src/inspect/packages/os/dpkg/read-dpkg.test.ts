import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { dpkg } from './index.ts';

const testdata = new URL('./testdata/', import.meta.url);
const status = readFileSync(new URL('status', testdata), 'utf8');
const read = (content: string, path = 'var/lib/dpkg/status') => readFileBy(dpkg, path, content);

test('the inventory is what dpkg-query says', async () => {
  const found = await read(status);
  const rows = found.map((item) => {
    assert.ok(item.kind === 'package' && item.state === 'installed');
    return [item.name, item.version, item.architecture, item.source?.name, item.source?.version].join('\t');
  });
  const expected = readFileSync(new URL('dpkg-query.tsv', testdata), 'utf8').trim().split('\n');
  const installed = expected
    .filter((row) => !row.endsWith('\tconfig-files'))
    .map((row) => row.slice(0, row.lastIndexOf('\t')));
  assert.ok(installed.length > 80 && installed.length < expected.length);
  assert.deepEqual(rows.sort(), installed.sort());
});

test('distroless: one package a file, without a status field', async () => {
  const [item] = await read(
    'Package: libssl3\nVersion: 3.0.11-1~deb12u2\nArchitecture: amd64\nSource: openssl\n',
    'var/lib/dpkg/status.d/libssl3',
  );
  assert.deepEqual(item, {
    kind: 'package',
    type: 'deb',
    name: 'libssl3',
    version: '3.0.11-1~deb12u2',
    state: 'installed',
    source: { name: 'openssl', version: '3.0.11-1~deb12u2' },
    architecture: 'amd64',
  });
});

test('lists and checksums say who owns what', async () => {
  const list = await read(
    '/.\n/usr\n/usr/lib/python3/dist-packages/six.py\n',
    'var/lib/dpkg/info/python3-six:amd64.list',
  );
  assert.deepEqual(list, [
    {
      kind: 'ownership',
      type: 'deb',
      owner: 'python3-six',
      paths: ['.', 'usr', 'usr/lib/python3/dist-packages/six.py'],
    },
  ]);
  const sums = await read('d41d8cd98f00b204e9800998ecf8427e  usr/bin/a b\n', 'var/lib/dpkg/status.d/libssl3.md5sums');
  assert.deepEqual(sums, [{ kind: 'ownership', type: 'deb', owner: 'libssl3', paths: ['usr/bin/a b'] }]);
});

const good = 'Package: a\nStatus: install ok installed\nVersion: 1\n';
const damaged: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', []],
  ['only blank lines', '\n\n \n', []],
  ['no version', `${good}\nPackage: b\nStatus: install ok installed\n`, ['a', 'incomplete 5']],
  ['no name', `Status: install ok installed\nVersion: 2\n\n${good}`, ['incomplete 1', 'a']],
  ['a broken line', `${good}what is this\n\nPackage: b\nVersion: 2\n`, ['malformed 4', 'a', 'b']],
  ['cut off inside a stanza', `${good}\nPackage: b\nStatus: install ok inst`, ['a', 'malformed 5', 'incomplete 5']],
  ['a status of two words', `${good.replace(' installed', '')}`, ['malformed 1', 'a']],
  ['cut off inside a field', `${good}\nPackage: b\nVersi`, ['a', 'malformed 6', 'incomplete 5']],
  ['a continuation without a field', ` lost\n\n${good}`, ['malformed 1', 'incomplete 1', 'a']],
  ['carriage returns', good.replaceAll('\n', '\r\n'), ['a']],
  ['field names in other case', 'package: a\nVERSION: 1\n', ['a']],
  ['binary rubbish', '\0\x01\xff\n\n\0', ['malformed 1', 'incomplete 1', 'malformed 3', 'incomplete 3']],
];

for (const [title, content, expected] of damaged) {
  test(`damaged status: ${title}`, async () => {
    const found = (await read(content)).map((item) =>
      item.kind === 'package' ? item.name : item.kind === 'problem' ? `${item.code} ${item.where.offset}` : item.kind,
    );
    assert.deepEqual(found, expected);
  });
}

test('a source version that lies is not taken for a number', async () => {
  const [item] = await read(`Package: a\nVersion: 1:2\nSource: b (${'9'.repeat(300)})\n`);
  assert.ok(item?.kind === 'package');
  assert.deepEqual(item.source, { name: 'a', version: '1:2' });
});

test('a long list comes in parts, so that nothing but what is read of it is held', async () => {
  const list = await read('/usr/a\n'.repeat(25_000), 'var/lib/dpkg/info/a.list');
  assert.deepEqual(
    list.map((item) => item.kind === 'ownership' && item.paths.length),
    [10_000, 10_000, 5000],
  );
});

test('lines without colons take time by their length', async () => {
  const started = performance.now();
  const found = await read('x\n\n'.repeat(100_000));
  assert.equal(found.filter(({ kind }) => kind === 'problem').length, 100_001);
  assert.ok(performance.now() - started < 5000);
});

test('only the database of the root itself is read, not that of a root below it', () => {
  const selector = new FileSelector([dpkg]);
  for (const path of ['status', 'status.d/openssl', 'info/openssl.list', 'info/openssl.md5sums']) {
    assert.deepEqual(selector.select(`var/lib/dpkg/${path}`), [dpkg], path);
    for (const root of ['srv/chroot/', 'srv/var/lib/dpkg/', 'x'])
      assert.deepEqual(selector.select(`${root}var/lib/dpkg/${path}`), [], root + path);
  }
});
