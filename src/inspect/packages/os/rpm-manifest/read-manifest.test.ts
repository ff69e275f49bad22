import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { rpmManifest } from './index.ts';
import { readManifest } from './read-manifest.ts';

const path = 'var/lib/rpmmanifest/container-manifest-2';
const read = (content: string | Buffer) => readFileBy(rpmManifest, path, content);

test('the packages of the database that the manifest was made of', async () => {
  const found = await read(readFileSync(new URL('./testdata/container-manifest-2', import.meta.url)));
  const rows = found.map((item) => {
    assert.ok(item.kind === 'package');
    const { name, version, architecture, source, maintainer } = item;
    return [name, version, architecture, source && `${source.name}-${source.version}`, maintainer];
  });
  // What rpm says of that database; an epoch is written before the version of the source too.
  const expected = readFileSync(new URL('../rpm/testdata/rpm-qa.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const packages = expected.map((row) => row.split('\t')).filter(([name]) => name !== 'gpg-pubkey');
  assert.deepEqual(
    rows,
    packages.map(([name, version, architecture, sourceRpm, vendor]) => {
      const [, sourceName, rest] = /^(.+)-([^-]+-[^-]+)\.src\.rpm$/.exec(sourceRpm!)!;
      const epoch = /^\d+:/.exec(version!)?.[0] ?? '';
      return [name, version, architecture, `${sourceName}-${epoch}${rest}`, vendor === '(none)' ? undefined : vendor];
    }),
  );
});

const row = (fields: Readonly<Record<number, string>>) =>
  ['keel', '1-2.cm2', '1', '2', 'Example', '(none)', '3', 'x86_64', '0', 'keel-1-2.cm2.src.rpm']
    .map((field, index) => fields[index] ?? field)
    .join('\t');

const cases: readonly (readonly [title: string, content: string | Buffer, expected: readonly string[]])[] = [
  ['empty', '', []],
  ['blank lines', '\n\n', []],
  ['no line end', row({}), ['1-2.cm2 keel 1-2.cm2']],
  ['carriage returns', `${row({})}\r\n`, ['1-2.cm2 keel 1-2.cm2']],
  ['an epoch in the second field alone', row({ 8: '3' }), ['3:1-2.cm2 keel 3:1-2.cm2']],
  ['an epoch of zero that is there', row({ 5: '0' }), ['0:1-2.cm2 keel 0:1-2.cm2']],
  ['an epoch that lies', row({ 5: '9'.repeat(400), 8: 'x' }), ['1-2.cm2 keel 1-2.cm2']],
  ['no source', row({ 9: '(none)' }), ['1-2.cm2 -']],
  ['a source without sources', row({ 9: 'keel-1-2.cm2.nosrc.rpm' }), ['1-2.cm2 keel 1-2.cm2']],
  ['a source that is none', row({ 9: '../../etc/passwd' }), ['1-2.cm2 -']],
  ['no name', row({ 0: '' }), ['malformed 1']],
  ['no release', row({ 1: '1' }), ['malformed 1']],
  ['too few fields', `keel\t1-2\n${row({})}`, ['malformed 1', '1-2.cm2 keel 1-2.cm2']],
  ['cut off', `${row({})}\n${row({}).slice(0, 20)}`, ['1-2.cm2 keel 1-2.cm2', 'malformed 2']],
  ['an endless line', row({ 4: 'v'.repeat(100_000) }), ['malformed 1']],
  ['binary rubbish', Buffer.from('\0\xff\x01', 'latin1'), ['malformed 1']],
];

for (const [title, content, expected] of cases) {
  test(`manifest: ${title}`, async () => {
    const found = (await read(content)).map((item) => {
      if (item.kind === 'problem') return `${item.code} ${item.where.offset}`;
      return (
        item.kind === 'package' && `${item.version} ${item.source ? `${item.source.name} ${item.source.version}` : '-'}`
      );
    });
    assert.deepEqual(found, expected);
  });
}

test('more lines than are read', () => {
  const bytes = Buffer.from(`${row({})}\n`.repeat(4));
  const found = [...readManifest({ path, bytes }, { ...defaultLimits, maxPackagesPerFile: 2 })];
  assert.deepEqual(
    found.map((item) => (item.kind === 'problem' ? item.code : item.kind)),
    ['package', 'package', 'too-many'],
  );
});
