import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import type { Found } from '../../cataloguer.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { pacman } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const linesOf = (name: string) => testdata(name).trim().split('\n');
const packages = ['kettle', 'kettle-docs'];
const pathOf = (name: string, file: string) => `var/lib/pacman/local/${name}-2:1.4.0-3/${file}`;
const read = (name: string, file: string, content = testdata(`${name}.${file}`)) =>
  readFileBy(pacman, pathOf(name, file), content);

test('the inventory is what pacman -Q says', async () => {
  const found = (await Promise.all(packages.map((name) => read(name, 'desc')))).flat();
  const rows = found.map((item) => (item.kind === 'package' ? `${item.name} ${item.version}` : item.kind));
  assert.deepEqual(rows, linesOf('pacman-Q.txt'));
  const [kettle, docs] = found;
  assert.deepEqual(kettle, {
    kind: 'package',
    type: 'alpm',
    name: 'kettle',
    version: '2:1.4.0-3',
    state: 'installed',
    source: { name: 'kettle', version: '2:1.4.0-3' },
    architecture: 'x86_64',
    maintainer: 'Ann <ann@example.org>',
    licenses: ['MIT', 'Apache-2.0'],
  });
  assert.ok(docs?.kind === 'package' && docs.source?.name === 'kettle' && docs.architecture === 'any');
});

test('the files are what pacman -Ql says, but for folders', async () => {
  const found = (await Promise.all(packages.map((name) => read(name, 'files')))).flat();
  const owned = found.flatMap((item) =>
    item.kind === 'ownership' ? item.paths.map((path) => `${item.owner} ${path}`) : [],
  );
  const expected = linesOf('pacman-Ql.txt').filter((line) => !line.endsWith('/'));
  assert.equal(expected.length, 4);
  assert.deepEqual(owned.sort(), expected.sort());
});

test('named within the distribution; a language package inside is owned', async () => {
  const metadata = 'usr/lib/python3.12/site-packages/kettle-1.4.0.dist-info/METADATA';
  const system: Found = {
    kind: 'system',
    rank: 1,
    system: { id: 'arch', idLike: [], path: 'etc/os-release' },
  };
  const python: Found = { kind: 'package', type: 'pypi', name: 'kettle', version: '1.4.0', state: 'installed' };
  const { packages } = joinFacts([
    { path: 'etc/os-release', found: [system] },
    { path: pathOf('kettle', 'desc'), found: await read('kettle', 'desc') },
    { path: pathOf('kettle', 'files'), found: await read('kettle', 'files') },
    { path: metadata, found: [python] },
  ]);
  assert.deepEqual(
    packages.map(({ purl, ownedBy }) => [purl, ownedBy]),
    [
      ['pkg:alpm/arch/kettle@2:1.4.0-3?arch=x86_64&distro=arch', undefined],
      ['pkg:pypi/kettle@1.4.0', 'alpm/kettle'],
    ],
  );
});

test('only the database at its place', () => {
  const wants = (path: string) => new FileSelector([pacman]).wants(path) > 0;
  assert.ok(wants(pathOf('kettle', 'desc')) && wants(pathOf('kettle', 'files')));
  for (const path of ['desc', 'srv/files', 'var/lib/pacman/local/desc', 'var/lib/pacman/local/a-1-1/b/desc'])
    assert.ok(!wants(path), path);
});

const damaged: readonly (readonly [title: string, file: string, content: string, found: readonly string[]])[] = [
  ['empty', 'desc', '', ['truncated']],
  ['cut off', 'desc', '%NAME%\nkettle\n\n%VERS', ['incomplete']],
  ['no name', 'desc', '%VERSION%\n1-1\n', ['incomplete']],
  ['a name with spaces', 'desc', '%NAME%\nket tle\n\n%VERSION%\n1-1\n', ['incomplete']],
  ['not UTF-8', 'desc', '%NAME%\nkett\ufffdle\n\n%VERSION%\n1-1\n', ['incomplete']],
  ['a section twice: the first counts', 'desc', '%NAME%\na\n\n%VERSION%\n1-1\n\n%NAME%\nb\n', ['a']],
  ['line ends of another system', 'desc', '%NAME%\r\na\r\n\r\n%VERSION%\r\n1-1\r\n', ['a']],
  ['rubbish', 'desc', '\0\x01\xff', ['incomplete']],
  ['no list', 'files', '', []],
  ['cut off list', 'files', '%FILES%\nusr/\nusr/b', ['kettle 1']],
  ['a path without end', 'files', `%FILES%\n${'a'.repeat(5000)}\nusr/b\n`, ['kettle 1', 'too-large']],
  ['many files in parts', 'files', `%FILES%\n${'a\n'.repeat(15_000)}`, ['kettle 10000', 'kettle 5000']],
];

for (const [title, file, content, expected] of damaged) {
  test(`damaged database: ${title}`, async () => {
    const found = (await read('kettle', file, content)).map((item) => {
      if (item.kind === 'ownership') return `${item.owner} ${item.paths.length}`;
      return item.kind === 'package' ? item.name : item.kind === 'problem' ? item.code : item.kind;
    });
    assert.deepEqual(found, expected);
  });
}

test('a folder that is no package', async () => {
  const [item] = await readFileBy(pacman, 'var/lib/pacman/local/kettle/files', '%FILES%\nusr/b\n');
  assert.ok(item?.kind === 'problem' && item.code === 'malformed');
});

test('values without end are cut', async () => {
  const values = `%NAME%\na\n\n%VERSION%\n1-1\n\n%LICENSE%\n${`${'x'.repeat(5000)}\n`.repeat(500)}`;
  const [item] = await read('kettle', 'desc', values);
  assert.ok(item?.kind === 'package' && item.licenses?.length === 100 && item.licenses[0]?.length === 1000);
});
