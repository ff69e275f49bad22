import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { pypi } from './index.ts';

async function outcome(path: string, content: string): Promise<string[]> {
  return (await readFileBy(pypi, path, content)).map((item) =>
    item.kind === 'package' ? `${item.name} ${item.version}` : item.kind === 'problem' ? item.code : item.kind,
  );
}

const head = '[metadata]\nlock-version = "2.1"\n';
const one = '[[package]]\nname = "a"\nversion = "1"\n';
const toml: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', ['malformed']],
  ['without packages', head, []],
  ['whole', one + head, ['a 1']],
  ['cut off in a string', `${one}[[package]]\nname = "b`, ['malformed']],
  ['cut off between packages', one, ['a 1']],
  ['packages that are a text', `package = "a"\n${head}`, ['malformed']],
  ['packages that are texts', `package = ["a", 1, []]\n${head}`, ['malformed']],
  ['a name that is a table', `[[package]]\nname = {}\nversion = "2"\n${one}`, ['a 1', 'malformed']],
  ['a version that is a number', `[[package]]\nname = "b"\nversion = 2\n${one}`, ['a 1', 'malformed']],
  ['no version', `[[package]]\nname = "b"\n${one}`, ['a 1', 'unpinned']],
  ['sources of wrong kinds', `${one}source = [1]\ngroups = 7\n`, ['a 1']],
  ['a newer format', `${one}[metadata]\nlock-version = "3.0"\n`, ['unsupported', 'a 1']],
  ['a format that is a table', `${one}[metadata]\nlock-version = {}\n`, ['unsupported', 'a 1']],
  ['the prototype', `${one}[__proto__]\nname = "x"\n[constructor.prototype]\nversion = "9"\n`, ['a 1']],
  ['what looks like a problem', `kind = "problem"\n${one}`, ['a 1']],
  ['too deep by brackets', `x = ${'['.repeat(100_000)}`, ['too-deep']],
  ['too deep by keys', `${'a.'.repeat(500_000)}a = 1`, ['too-deep']],
  ['too many tables', '[[a]]\n'.repeat(300_000), ['too-many']],
  ['too many keys behind a string of quotes', `x = [""" """"", {${'a.a=1,'.repeat(300_000)}}]`, ['too-many']],
  ['strings that hold brackets', `x = "${'['.repeat(1000)}"\ny = '''\n${'{.'.repeat(300_000)}'''\n${one}`, ['a 1']],
  [
    'headers with comments behind',
    `${Array.from({ length: 100 }, (_, i) => `[a.b.c${i}] # x\n`).join('')}${one}`,
    ['a 1'],
  ],
  ['a list of many numbers', `x = [${'1.5, '.repeat(1000)}]\n${one}`, ['a 1']],
  ['too large', `#${'x'.repeat(17 << 20)}`, ['too-large']],
];
for (const [title, content, found] of toml)
  test(`poetry.lock: ${title}`, async () => assert.deepEqual(await outcome('app/poetry.lock', content), found));

const json: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', ['truncated']],
  ['an empty object', '{}', ['malformed']],
  ['a list', '[]', ['malformed']],
  ['cut off', '{"default": {"a": {"version": "==1"', ['malformed']],
  ['whole', '{"_meta": {"pipfile-spec": 6}, "default": {"a": {"version": "==1"}}}', ['a 1']],
  ['a category of its own', '{"docs": {"a": {"version": "==1"}}}', ['a 1']],
  ['a category that is none', '{"default": 1, "develop": {"a": {"version": "===1"}}}', ['a 1', 'malformed']],
  ['the oldest form', '{"default": {"a": "==1", "b": "*"}}', ['a 1', 'unpinned']],
  ['the project itself', '{"default": {"me": {"editable": true, "path": "."}}}', []],
  ['ranges', '{"default": {"a": {"version": ">=1"}, "b": {"version": "==1.*"}}}', ['unpinned']],
  ['the prototype', '{"__proto__": {"a": {"version": "==1"}}, "default": {"__proto__": {}}}', ['a 1', 'malformed']],
  ['too deep', `{"default": ${'['.repeat(100_000)}`, ['truncated']],
  ['too many', `{"default": [${'{},'.repeat(500_000)}`, ['too-many']],
];
for (const [title, content, found] of json)
  test(`Pipfile.lock: ${title}`, async () => assert.deepEqual(await outcome('Pipfile.lock', content), found));

test('damage in TOML is located by line', async () => {
  const [problem] = await readFileBy(pypi, 'uv.lock', 'version = 1\n\n[[package\n');
  assert.ok(problem?.kind === 'problem');
  assert.deepEqual(problem.where, { path: 'uv.lock', offset: 3, unit: 'line' });
});

test('packages past the limit are not read', async () => {
  const read = await pypi.load!();
  const bytes = Buffer.from(one.repeat(3));
  const found = [...read({ path: 'poetry.lock', bytes }, { ...defaultLimits, maxPackagesPerFile: 2 })];
  assert.deepEqual(
    found.map((item) => (item.kind === 'problem' ? item.code : item.kind)),
    ['package', 'package', 'too-many'],
  );
});

test('no change of bytes makes a reader throw', async () => {
  const read = await pypi.load!();
  const testdata = new URL('./testdata/', import.meta.url).pathname;
  const files = readdirSync(testdata, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(testdata, path)).isFile(),
  );
  const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...files), edits, fc.option(fc.nat()), (path, changes, cut) => {
      const bytes = readFileSync(join(testdata, path));
      for (const [at, value] of changes) bytes[at % (bytes.length || 1)] = value;
      for (const item of read(
        { path, bytes: bytes.subarray(0, cut === null ? undefined : cut % (bytes.length + 1)) },
        defaultLimits,
      ))
        assert.ok(item.kind !== 'problem' || (item.where.path === path && item.message.length < 2000));
    }),
    { numRuns: 1000 },
  );
});

test('uv: cyclic dependencies, and a development group that shares a package', async () => {
  const found = await readFileBy(
    pypi,
    'uv.lock',
    `version = 1
package = [
  { name = "me", source = { virtual = "." }, dependencies = [{ name = "a" }], dev-dependencies = { dev = [{ name = "b" }, { name = "c" }] } },
  { name = "a", version = "1", dependencies = [{ name = "b" }] },
  { name = "b", version = "1", dependencies = [{ name = "a" }] },
  { name = "c", version = "1", dependencies = [{ name = "d" }] },
  { name = "d", version = "1" },
]`,
  );
  assert.deepEqual(
    found.map((item) => item.kind === 'package' && `${item.name} ${item.development ?? false}`),
    ['a false', 'b false', 'c true', 'd true'],
  );
});
