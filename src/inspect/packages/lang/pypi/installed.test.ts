import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { pypi } from './index.ts';

const testdata = new URL('./testdata/installed/', import.meta.url);
const read = (path: string, content: string | Buffer) => readFileBy(pypi, path, content);
const selector = new FileSelector([pypi]);

const expected = readFileSync(new URL('expected.tsv', testdata), 'utf8').trim().split('\n');
for (const row of expected) {
  const [path, name, version] = row.split('\t') as [string, string, string];
  test(`${path} is what importlib.metadata says`, async () => {
    assert.equal(selector.select(path)[0], pypi);
    const [item, ...more] = await read(path, readFileSync(new URL(path, testdata)));
    assert.ok(item?.kind === 'package');
    assert.deepEqual([item.type, item.name, item.version, item.state], ['pypi', name, version, 'installed']);
    assert.deepEqual(more, []);
  });
}

test('every kind of place is in the corpus', () => {
  for (const kind of [
    /dist-info\/METADATA/,
    /egg-info\/PKG-INFO/,
    /egg-info\t/,
    /EGG-INFO\/PKG-INFO/,
    /egg\t/,
    /_vendor/,
  ])
    assert.ok(expected.some((row) => kind.test(row)));
});

const wanted = [
  'usr/lib/DIST-INFO/METADATA',
  'opt/EGG-INFO/PKG-INFO',
  'a.dist-info/METADATA',
  'lib/a.egg-info',
] as const;
const unwanted = [
  'METADATA',
  'a/METADATA',
  'PKG-INFO',
  'a-1.0/PKG-INFO',
  'a.dist-info/RECORD',
  'a.egg-info/requires.txt',
];

test('which files are metadata', () => {
  assert.deepEqual(
    [...wanted, ...unwanted].filter((path) => selector.wants(path) > 0),
    wanted,
  );
});

const licences: readonly (readonly [headers: string, licences: readonly string[] | undefined])[] = [
  ['', undefined],
  ['License: MIT', ['MIT']],
  ['License: UNKNOWN', undefined],
  ['License-Expression: MIT OR Apache-2.0\nLicense: mit', ['MIT OR Apache-2.0']],
  ['License: Copyright me\n        All rights\nClassifier: License :: OSI Approved :: BSD License', ['BSD License']],
  ['Classifier: License :: OSI Approved\nClassifier: License :: Public Domain', ['Public Domain']],
  [`License: ${'x'.repeat(101)}`, undefined],
];
for (const [headers, found] of licences) {
  test(`licences of ${JSON.stringify(headers.slice(0, 60))}`, async () => {
    const [item] = await read('a.dist-info/METADATA', `Name: a\nVersion: 1\n${headers}\n`);
    assert.ok(item?.kind === 'package');
    assert.deepEqual(item.licenses, found);
  });
}

const good = 'Metadata-Version: 2.1\nName: a\nVersion: 1\n';
const damaged: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', ['incomplete']],
  ['no version', 'Name: a\n', ['incomplete']],
  ['no name', 'Version: 1\n', ['incomplete']],
  ['cut off', 'Metadata-Version: 2.1\nName: a\nVers', ['incomplete']],
  ['the name in the description', 'Metadata-Version: 2.1\n\nName: a\nVersion: 1\n', ['incomplete']],
  ['a line that is no header ends them', 'Name: a\nno header here: x\nVersion: 1\n', ['incomplete']],
  ['a name that is a path', 'Name: ../../a\nVersion: 1\n', ['malformed']],
  ['a version with spaces', 'Name: a\nVersion: 1 or 2\n', ['malformed']],
  ['a version without end', `Name: a\nVersion: ${'1.'.repeat(500)}1\n`, ['malformed']],
  ['said twice: the first, as in Python', `${good}Name: b\nVersion: 2\n`, ['a 1']],
  ['folded', 'Name:\n a\nVersion:\n\t1\n', ['a 1']],
  ['carriage returns', good.replaceAll('\n', '\r\n'), ['a 1']],
  ['a byte order mark', `\ufeff${good}`, ['a 1']],
  ['names in other case', 'NAME: a\nversion: 1', ['a 1']],
  ['a long description', `${good}\n${'x'.repeat(3 << 20)}`, ['a 1']],
  ['headers without end', `X: ${'x'.repeat(3 << 20)}\n${good}`, ['incomplete']],
  ['binary rubbish', '\0\x01\xff\n\n\0', ['incomplete']],
];
for (const [title, content, found] of damaged) {
  test(`damaged metadata: ${title}`, async () => {
    const items = (await read('a.egg-info', content)).map((item) =>
      item.kind === 'package' ? `${item.name} ${item.version}` : item.kind === 'problem' ? item.code : item.kind,
    );
    assert.deepEqual(items, found);
  });
}

test('eggs that are none, or hold nothing', async () => {
  const codes = async (path: string, content: string | Buffer) =>
    (await read(path, content)).map((item) => (item.kind === 'problem' ? item.code : item.kind));
  const egg = readFileSync(new URL('old/site-packages/lamp-1.0-py3.8.egg', testdata));
  const renamed = Buffer.from(egg.toString('latin1').replaceAll('EGG-INFO/PKG-INFO', 'EGG-INFO/PKG-DATA'), 'latin1');
  assert.deepEqual(await codes('model.egg', '<CoordinateSystem> { Z-Up }'), []);
  assert.deepEqual(await codes('lamp-1.0-py3.8.egg', ''), ['truncated']);
  assert.deepEqual(await codes('lamp-1.0-py3.8.egg', egg.subarray(0, -30)), ['truncated']);
  assert.deepEqual(await codes('lamp.egg', renamed), ['incomplete']);
});
