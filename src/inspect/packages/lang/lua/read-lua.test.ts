import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { lua } from './index.ts';
import { parseLua } from './literal.ts';

const find = (path: string, content: string | Buffer) => readFileBy(lua, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

test('the same as luarocks list, by rockspecs and by the manifest', async () => {
  const rows = ['luarocks lamp 1.0-1 installed', 'luarocks oil 2.3.1-2 installed'];
  assert.deepEqual(await read('rocks-5.1/manifest', testdata('rocks-5.1/manifest')), rows);
  const specs = ['rocks-5.1/lamp/1.0-1/lamp-1.0-1.rockspec', 'rocks-5.1/oil/2.3.1-2/oil-2.3.1-2.rockspec'];
  const found = (await Promise.all(specs.map((path) => find(path, testdata(path))))).flat();
  assert.deepEqual(rowsOf(found), rows);
  assert.deepEqual(found[0]?.kind === 'package' && found[0].licenses, ['MIT/X11']);
});

test('luarocks.lock', async () =>
  assert.deepEqual(await read('luarocks.lock', testdata('luarocks.lock')), ['luarocks oil 2.3.1-2 declared']));

test('where rocks are', () => {
  const selector = new FileSelector([lua]);
  const isRead = (path: string) => selector.wants(path) > 0;
  assert.ok(isRead('usr/local/lib/luarocks/rocks-5.4/lpeg/1.1.0-1/lpeg-1.1.0-1.rockspec'));
  assert.ok(isRead('usr/local/lib/luarocks/rocks-5.4/manifest'));
  assert.ok(!isRead('srv/lpeg-1.1.0-1.rockspec') && !isRead('srv/manifest'));
});

const manifest = 'rocks-5.4/manifest';
const spec = 'rocks-5.4/a/1-1/a-1-1.rockspec';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['a rockspec that computes', spec, 'local v = "1"\npackage = "b"\nversion = v .. "-1"', ['luarocks a 1-1 installed']],
  ['an empty rockspec', spec, '', ['luarocks a 1-1 installed']],
  ['an empty manifest', manifest, '', ['malformed']],
  [
    'a manifest that is cut off',
    manifest,
    'repository = { a = { ["1-1"] = {} } }\nmodules = {',
    ['malformed', 'luarocks a 1-1 installed'],
  ],
  ['wrong kinds', manifest, 'repository = { a = 1, b = { {} }, c = "x" }', ['luarocks b 1 installed']],
  ['too deep', manifest, `repository = ${'{'.repeat(100_000)}`, ['malformed']],
  ['too many', manifest, `repository = { ${'1,'.repeat(300_000)} }`, ['malformed']],
  ['an empty lock', 'luarocks.lock', '', ['malformed']],
  [
    'dependencies of a build',
    'luarocks.lock',
    'return { build_dependencies = { a = "1-1" } }',
    ['luarocks a 1-1 declared dev'],
  ],
  ['binary', 'luarocks.lock', '\0\xff', ['malformed']],
];
for (const [title, path, content, rows] of cases)
  test(`Lua: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

test('constants', () => {
  const text = `a = "x\\"y"; b = 'z' -- c\n--[==[ d ]] ]==] e = [[f]] g = { 1, h = -2.5e1, ["i"] = true, [3] = nil; "j" } return {}`;
  const { values, isWhole } = parseLua(text, { maxDepth: 5, maxValues: 20 });
  assert.ok(isWhole);
  assert.deepEqual(Object.fromEntries(values), {
    a: 'x"y',
    b: 'z',
    e: 'f',
    g: new Map<string, unknown>([
      ['1', 1],
      ['h', -25],
      ['i', true],
      ['3', null],
      ['2', 'j'],
    ]),
    '': new Map(),
  });
});
