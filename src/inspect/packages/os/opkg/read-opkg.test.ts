import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { opkg } from './index.ts';

const folder = 'usr/lib/opkg';
const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const readStatus = (content = testdata('status')) => readFileBy(opkg, `${folder}/status`, content);
const readInfo = (name: string, content = testdata(name)) => readFileBy(opkg, `${folder}/info/${name}`, content);

test('what is installed; the control file says more of it', async () => {
  const { packages } = joinFacts([
    { path: `${folder}/status`, found: await readStatus() },
    { path: `${folder}/info/kettle.control`, found: await readInfo('kettle.control') },
  ]);
  assert.deepEqual(
    packages.map(({ purl, source, licenses, maintainer, locations }) => [
      purl,
      source?.name,
      licenses?.join(),
      maintainer,
      locations.length,
    ]),
    [
      ['pkg:opkg/kettle@1.4.0-r2?arch=x86_64', 'kettle-src', 'MIT', 'Ann <ann@example.org>', 2],
      ['pkg:opkg/libc@1.2.4-4?arch=x86_64', undefined, undefined, undefined, 1],
    ],
  );
});

test('files with their owner', async () => {
  assert.deepEqual(await readInfo('kettle.list'), [
    {
      kind: 'ownership',
      type: 'opkg',
      owner: 'kettle',
      paths: [
        'etc/config/kettle',
        'usr/bin/kettle',
        'usr/lib/libkettle.so',
        'usr/lib/python3.11/site-packages/kettle-1.4.0.dist-info/METADATA',
      ],
    },
  ]);
});

test('only the database of the root', () => {
  const selector = new FileSelector([opkg]);
  for (const path of ['usr/lib/opkg/status', 'var/lib/opkg/info/a.list', 'opt/lib/opkg/info/a.control'])
    assert.ok(selector.wantsName(path), path);
  for (const path of ['tmp/usr/lib/opkg/status', 'usr/lib/opkg/info/b/a.list', 'usr/lib/opkg/infos.list'])
    assert.ok(!selector.wantsName(path), path);
});

const damaged: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', []],
  ['no version', 'Package: a\n\nPackage: b\nVersion: 1\n', ['incomplete 1', 'b']],
  ['cut off', 'Package: a\nVersion: 1\n\nPackage: b\nVer', ['a', 'malformed 5', 'incomplete 4']],
  ['a name with spaces', 'Package: a b\nVersion: 1\n', ['incomplete 1']],
  ['an unknown state counts as installed', 'Package: a\nVersion: 1\nStatus: what\n', ['a']],
  ['rubbish', '\0\x01\xff', ['malformed 1', 'incomplete 1']],
  ['another encoding', Buffer.from('Package: a\n', 'utf16le').toString('latin1'), ['malformed 2', 'incomplete 1']],
];

for (const [title, content, expected] of damaged) {
  test(`damaged status: ${title}`, async () => {
    const found = (await readStatus(content)).map((item) =>
      item.kind === 'package' ? item.name : item.kind === 'problem' ? `${item.code} ${item.where.offset}` : item.kind,
    );
    assert.deepEqual(found, expected);
  });
}

test('more packages than are read; many files in parts', async () => {
  const read = await opkg.load!();
  const bytes = Buffer.from('Package: a\nVersion: 1\n\n'.repeat(3));
  const found = [...read({ path: `${folder}/status`, bytes }, { ...defaultLimits, maxPackagesPerFile: 2 })];
  assert.deepEqual(
    found.map((item) => (item.kind === 'problem' ? item.code : item.kind)),
    ['package', 'package', 'too-many'],
  );
  const owned = await readInfo('a.list', '/b\n'.repeat(15_000));
  assert.deepEqual(
    owned.map((item) => item.kind === 'ownership' && item.paths.length),
    [10_000, 5000],
  );
});
