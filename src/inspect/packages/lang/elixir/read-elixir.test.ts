import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { elixir } from './index.ts';
import { parseTerm, type Term } from './terms.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(elixir, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

const files: Readonly<Record<string, readonly string[]>> = {
  'ebin/ssl.app': ['otp ssl 10.8.7 installed'],
  'ebin/logger.app': ['otp logger 1.14.0 installed'],
  'ebin/gitdep.app': ['hex gitdep 0.4.2 installed'],
  'ebin/rdep.app': ['hex rdep 2.1.0 installed'],
  'git-mix.lock': [
    'hex gitdep 620e5d9ff0c4d2663699744fac2ab5b3552dcfdc declared https://git.example.org/dep#620e5d9ff0c4d2663699744fac2ab5b3552dcfdc',
  ],
  'git-rebar.lock': [
    'hex rdep 1f3cd9c99626e09c7e110c36b384dbda4f41e12a declared https://git.example.org/rdep#1f3cd9c99626e09c7e110c36b384dbda4f41e12a',
  ],
  'hex-mix.lock': [
    'hex bunt 0.2.1 declared',
    'hex lamp 1.7.0-rc.1 declared',
    'hex secret 0.1.0 declared hexpm:harbour',
    'hex tide 094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c declared https://git.example.org/tide.git#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ],
  'hex-rebar.lock': [
    'hex cowboy 2.9.0 declared',
    'hex erl_lamp 1.0.0 declared',
    'hex tide 094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c declared https://git.example.org/tide.git#094920c3f7d0bd6ab03bfe6e48b701acca3d2c9c',
  ],
};
for (const [path, rows] of Object.entries(files))
  test(path, async () => assert.deepEqual(await read(path.replace(/^(?:git|hex)-/, ''), testdata(path)), rows));

const app = 'lib/a/ebin/a.app';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'an application with comments and a quoted name',
    app,
    '%% a\n{application, \'a-b\', [% c\n{vsn, "1"}]}.',
    ['hex a-b 1 installed'],
  ],
  ['no version', app, '{application, a, []}.', ['unpinned']],
  ['no application', app, '{release, a}.', ['malformed']],
  ['empty', app, '', ['malformed']],
  ['cut off', app, '{application, a, [{vsn, "1"', ['malformed']],
  ['binary', app, '\0\xff', ['malformed']],
  ['too deep', app, '{'.repeat(100_000), ['malformed']],
  ['too many', app, `{${'a,'.repeat(2_000_000)}}`, ['malformed']],
  ['nothing to lock', 'mix.lock', '%{\n}\n', []],
  ['an empty lock', 'rebar.lock', '', []],
  [
    'the oldest lock of Mix',
    'mix.lock',
    '%{"a": {:hex, :a, "1"}, "b" => {:package, "1"}}',
    ['hex a 1 declared', 'unpinned'].reverse(),
  ],
  ['a lock in conflict', 'mix.lock', '%{\n<<<<<<< HEAD\n', ['malformed']],
  ['wrong kinds', 'mix.lock', '%{"a": 1, "b": {:hex, {}, []}, "c": {}}', ['unpinned']],
  [
    'wrong kinds',
    'rebar.lock',
    '{"1.2.0", [1, {}, {<<"a">>, {pkg, 1, {}}, 0}]}.',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
];
for (const [title, path, content, rows] of cases)
  test(`${path}: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

test('terms', () => {
  const show = (term: Term | undefined): unknown =>
    term === undefined
      ? undefined
      : 'value' in term
        ? `${term.kind} ${term.value}`
        : [term.kind, ...term.items.map(show)];
  const parse = (text: string) => show(parseTerm(text, { maxDepth: 4, maxTerms: 50 }));
  assert.deepEqual(parse('[<<"a\\"">>, <<>>, "b", \'c d\', :e, f@g, -1.5, k: :v]. x'), [
    'list',
    'text a"',
    'text ',
    'text b',
    'atom c d',
    'atom e',
    'atom f@g',
    'number -1.5',
    ['tuple', 'atom k', 'atom v'],
  ]);
  for (const text of ['a', '{', '}', '{=> 1}', '{a =>}', '{{{{{}}}}}', '"', '{"a', '[&]'])
    assert.equal(parse(text), undefined, text);
});

test('a lock file of a dependency that was fetched is not read', () => {
  const selector = new FileSelector([elixir]);
  assert.ok(['srv/app/mix.lock', 'rebar.lock'].every((path) => selector.wants(path) > 0));
  const fetched = ['srv/app/deps/plug/mix.lock', 'srv/app/_build/default/lib/cowboy/rebar.lock'];
  assert.ok(fetched.every((path) => selector.wants(path) === 0));
});
