import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { toDistribution } from './distribution.ts';
import { perl } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(perl, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const meta = '.meta/Lamp-Oil-1.05/install.json';

test('installed and locked, with the author in the purl', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const path of [meta, 'cpanfile.snapshot'])
    for (const item of await find(path, testdata(path))) if (item.kind === 'package') list.add(item, { path });
  assert.deepEqual(list.toSorted(), [
    {
      purl: 'pkg:cpan/SOMEBODY/Lamp-Oil@1.05',
      ecosystem: 'cpan',
      type: 'cpan',
      name: 'Lamp-Oil',
      version: '1.05',
      state: 'installed',
      locations: [{ path: meta }, { path: 'cpanfile.snapshot' }],
    },
  ]);
});

/** By the rules of CPAN::DistnameInfo. */
const names: Readonly<Record<string, string>> = {
  'libwww-perl-6.76': 'libwww-perl 6.76',
  'perl-5.36.0': 'perl 5.36.0',
  'Foo-v1.2.3': 'Foo v1.2.3',
  'Foo-Bar-1.0-TRIAL': 'Foo-Bar 1.0-TRIAL',
  'Foo-2Bar-1.0_01': 'Foo-2Bar 1.0_01',
  Foo: 'Foo undefined',
};
for (const [fullName, expected] of Object.entries(names))
  test(`the version in ${fullName}`, () => {
    const { name, version } = toDistribution(fullName, undefined);
    assert.equal(`${name} ${version}`, expected);
  });

const head = '# carton snapshot format: version 1.0\nDISTRIBUTIONS\n';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'from elsewhere',
    meta,
    '{"dist":"A-1.0","pathname":"https://example.org/A-1.0.tar.gz"}',
    ['cpan A 1.0 installed https://example.org/A-1.0.tar.gz'],
  ],
  ['empty', meta, '', ['truncated']],
  ['no name', meta, '{"version":1}', ['incomplete']],
  ['wrong kinds', meta, '{"dist":{},"pathname":[]}', ['incomplete']],
  ['no version', meta, '{"dist":"A","pathname":"A/AB/ABC/A.tar.gz"}', ['unpinned']],
  ['empty snapshot', 'cpanfile.snapshot', '', ['truncated']],
  ['another format', 'cpanfile.snapshot', 'x\n  A-1\n', ['unsupported 1', 'cpan A 1 declared unknown']],
  [
    'cut off',
    'cpanfile.snapshot',
    `${head}  A-1\n    pathname: A/AB/ABC/A-1.tar.gz\n  B-2\n    pathna`,
    ['cpan A 1 declared', 'cpan B 2 declared unknown'],
  ],
  [
    'long lines',
    'cpanfile.snapshot',
    `${head}  ${'A-1'.repeat(1_000_000)}\n  B-2\n    pathname: B/BC/BCD/B-2.tgz\n`,
    ['cpan B 2 declared'],
  ],
  ['binary', 'cpanfile.snapshot', '\0\xff', ['unsupported 1']],
];
for (const [title, path, content, rows] of cases)
  test(`Perl: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
