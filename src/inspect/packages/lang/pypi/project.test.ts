import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { pypi } from './index.ts';

const read = async (name: string, content: string | Buffer) => rowsOf(await readFileBy(pypi, `srv/${name}`, content));
const testdata = (name: string) => readFileSync(new URL(`testdata/projects/${name}`, import.meta.url));
const row = (pin: string) => `pypi ${pin} declared`;

const files: Readonly<Record<string, readonly string[]>> = {
  'pyproject.toml': [
    ...['six 1.17.0', 'requests 2.31.0', 'ujson 5.9.0'].map(row),
    'pypi pytest 7.4.4 declared dev',
    'pypi mypy 1.8.0 declared dev',
    'unpinned',
  ],
  'setup.cfg': [
    ...['six 1.17.0', 'requests 2.31.0', 'ujson 5.9.0', 'click 8.1.7'].map(row),
    'pypi pytest 7.4.4 declared dev',
    'unpinned',
  ],
  'setup.py': [...['six 1.17.0', 'requests 2.31.0', 'click 8.1.7'].map(row), 'unpinned'],
};
for (const [name, rows] of Object.entries(files))
  test(`${name}: exact versions, as setuptools reads them`, async () =>
    assert.deepEqual(await read(name, testdata(name)), rows));

const cases: readonly (readonly [title: string, name: string, content: string, rows: readonly string[]])[] = [
  ['empty', 'pyproject.toml', '', []],
  ['cut off', 'pyproject.toml', testdata('pyproject.toml').toString().slice(0, 150), ['malformed 9']],
  ['of tools only', 'pyproject.toml', '[tool.ruff]\nline-length = 100\n', []],
  ['wrong kinds', 'pyproject.toml', 'project = 1\n[dependency-groups]\na = 1\nb = [2]', []],
  ['empty', 'setup.cfg', '', []],
  ['of other tools', 'setup.cfg', '[flake8]\ninstall_requires = a==1\n', []],
  ['in one line', 'setup.cfg', '[options]\ninstall_requires = a==1; b==2\n', ['a 1', 'b 2'].map(row)],
  ['empty', 'setup.py', '', []],
  ['a computed list', 'setup.py', 'setup(install_requires=read("a.txt"))', []],
  ['partly computed', 'setup.py', "setup(install_requires=['a==1', b, 'c==1'])", [row('a 1'), 'unpinned']],
  ['cut off', 'setup.py', "setup(install_requires=['a==1', 'b=", [row('a 1'), 'unpinned']],
  [
    'many lists',
    'setup.py',
    "install_requires=['a==1',".repeat(100_000),
    [...Array.from({ length: 10 }, () => row('a 1')), 'unpinned'],
  ],
];
for (const [title, name, content, rows] of cases)
  test(`${name}: ${title}`, async () => assert.deepEqual(await read(name, content), rows));

test('files of installed packages are not read', () => {
  const selector = new FileSelector([pypi]);
  for (const name of ['pyproject.toml', 'setup.cfg', 'setup.py']) {
    assert.ok(selector.wants(`srv/${name}`) > 0);
    assert.equal(selector.wants(`usr/lib/python3/dist-packages/a/${name}`), 0);
  }
});
