import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found } from '../../cataloguer.ts';
import { FileSelector } from '../../file-selector.ts';
import { pypi } from './index.ts';

const testdata = new URL('./testdata/', import.meta.url);
const read = (path: string, content: string | Buffer) => readFileBy(pypi, path, content);
const readTestdata = (path: string) => read(path, readFileSync(new URL(path, testdata)));
const packagesOf = (found: readonly Found[]): FoundPackage[] => found.filter((item) => item.kind === 'package');
const pinOf = ({ name, version }: FoundPackage) => `${name.toLowerCase()}==${version}`;
const codesOf = (found: readonly Found[]) =>
  found.map((item) => (item.kind === 'package' ? pinOf(item) : item.kind === 'problem' ? item.code : item.kind));

const locks = readdirSync(new URL('locks/', testdata), { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.(?:lock|toml|txt)$/.test(path) && !path.endsWith('.txt.txt') && !/(?:lock|toml)\.txt$/.test(path),
);

test('each tool is in the corpus', () => assert.equal(locks.length, 9));

for (const path of locks) {
  test(`${path}: its own tool lists the same`, async () => {
    const packages = packagesOf(await readTestdata(`locks/${path}`));
    const truth = readFileSync(new URL(`locks/${path}.txt`, testdata), 'utf8')
      .trim()
      .split('\n');
    const listed = new Set(truth.map((row) => row.replace(' dev', '')));
    const pins = new Set(packages.map(pinOf));
    assert.deepEqual(
      [...listed].filter((pin) => !pins.has(pin)),
      [],
    );
    // Some tools list what is fetched from elsewhere by its address.
    const rest = packages.filter((item) => !listed.has(pinOf(item)));
    assert.deepEqual(
      rest.filter(({ origin }) => origin === undefined),
      [],
    );
    assert.ok(packages.every(({ state, type }) => state === 'declared' && type === 'pypi'));
  });
}

const development: Readonly<Record<string, readonly string[]>> = {
  'poetry-1.1/poetry.lock': ['toml'],
  'poetry-1.8/poetry.lock': [],
  'poetry-2/poetry.lock': ['toml'],
  'pipenv/Pipfile.lock': ['toml'],
  'pdm/pdm.lock': ['toml'],
  'uv/uv.lock': ['toml'],
};
for (const [path, names] of Object.entries(development)) {
  test(`${path}: what is for development`, async () => {
    const packages = packagesOf(await readTestdata(`locks/${path}`));
    assert.deepEqual(
      packages.filter((item) => item.development).map(({ name }) => name),
      names,
    );
  });
}

const git = 'git+https://files.example.invalid/buoy.git';
const commit = '094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c';
const wheel = 'https://files.example.invalid/lamp-1.0-py3-none-any.whl';
const origins: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'poetry-2/poetry.lock': { buoy: `${git}@${commit}`, editlib: 'libs/editlib', lamp: wheel, locallib: 'libs/locallib' },
  'pdm/pdm.lock': { buoy: `${git}@${commit}`, lamp: wheel, locallib: './libs/locallib' },
  'uv/uv.lock': { buoy: `${git}#${commit}`, lamp: wheel, locallib: 'libs/locallib' },
  'uv/pylock.toml': { buoy: `${git}@${commit}`, lamp: wheel },
};
for (const [path, expected] of Object.entries(origins)) {
  test(`${path}: what is from elsewhere`, async () => {
    const elsewhere = packagesOf(await readTestdata(`locks/${path}`)).filter(({ origin }) => origin);
    assert.deepEqual(Object.fromEntries(elsewhere.map(({ name, origin }) => [name, origin])), expected);
  });
}

test('what has no version is counted and named', async () => {
  const found = await readTestdata('locks/pipenv/Pipfile.lock');
  const problems = found.filter((item) => item.kind === 'problem');
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['unpinned'],
  );
  assert.match(problems[0]!.message, /\(4: buoy, editlib, lamp, locallib\)/);
});

test('hard.txt: pip pins the same', async () => {
  const rows = readFileSync(new URL('requirements/hard.tsv', testdata), 'utf8').trimEnd().split('\n');
  const truth = rows.map((row) => row.split('\t') as [string, string]);
  const found = await readTestdata('requirements/hard.txt');
  assert.deepEqual(
    packagesOf(found).map(({ name, version }) => [name, version]),
    truth.filter(([, version]) => version !== ''),
  );
  const problems = found.filter((item) => item.kind === 'problem');
  assert.deepEqual(
    problems.map(({ code }) => code),
    ['unpinned'],
  );
  const unpinned = truth.filter(([, version]) => version === '');
  assert.ok(problems[0]!.message.includes(`(${unpinned.length}: idna, chardet, colorama, lamp, buoy …)`));
});

for (const name of ['utf-8-bom', 'utf-16'])
  test(`requirements in ${name}`, async () =>
    assert.deepEqual(codesOf(await readTestdata(`requirements/${name}.txt`)), ['jinja2==2.10', 'pyyaml==5.1']));

const lines: readonly (readonly [text: string, found: readonly string[]])[] = [
  ['', []],
  ['a==1\\', ['a==1']],
  ['-r other/requirements-dev.txt\n-c constraints.txt\n-e .\n.[test]\n--no-binary :all:', []],
  ['-r other.txt', ['unpinned']],
  ['--editable=git+https://x.example.invalid/a#egg=a', ['unpinned']],
  ['./wheels/a-1-py3-none-any.whl\nfile:///a\nC:\\a\n~/a', ['unpinned']],
  ['Please install these first.', ['malformed']],
  ['a=1.0', ['malformed']],
  ['a==1 b==2', ['malformed']],
  ['a==\n', ['malformed']],
  [`a==${'1'.repeat(300)}`, ['malformed']],
  [`${'a'.repeat(5000)}==1\nb==2`, ['b==2', 'malformed']],
  [`a==1 ${'--hash=sha256:00 '.repeat(100_000)}`, ['a==1']],
  ['a==1\0', ['malformed']],
  ['a==1.0,!=1.0.1,', ['a==1.0']],
  ['<!DOCTYPE html>\n<p>a==1</p>', ['unpinned', 'malformed']],
];
for (const [text, expected] of lines)
  test(`requirements: ${JSON.stringify(text.slice(0, 60))}`, async () =>
    assert.deepEqual(codesOf(await read('requirements.txt', text)), expected));

test('names of requirements files', async () => {
  const selector = new FileSelector([pypi]);
  const isRead = (path: string) => selector.wants(path) > 0;
  const names = [
    'requirements.txt',
    'requirements-dev.txt',
    'dev_requirements.txt',
    'requirements/base.txt',
    'pylock.dev.toml',
    'script.py.lock',
  ];
  assert.ok(names.every(isRead) && names.map((name) => `app/${name}`).every(isRead));
  assert.ok(
    !['README.txt', 'requirementsx.txt', 'requirements/a/b.txt', 'pylock.a.b.toml', 'xpylock.toml'].some(isRead),
  );
  for (const path of ['requirements-dev.txt', 'test_requirements.txt', 'requirements/docs.txt'])
    assert.deepEqual(
      packagesOf(await read(path, 'a==1')).map((item) => item.development),
      [true],
    );
  for (const path of ['requirements.txt', 'dev/requirements.txt', 'requirements-device.txt'])
    assert.deepEqual(
      packagesOf(await read(path, 'a==1')).map((item) => item.development),
      [undefined],
    );
});

test('the lock file of one script is read as uv.lock', async () => {
  const lock = 'version = 1\n[manifest]\n[[package]]\nname = "a"\nversion = "1"\nsource = { registry = "x" }\n';
  assert.deepEqual(codesOf(await read('bin/script.py.lock', lock)), ['a==1']);
});
