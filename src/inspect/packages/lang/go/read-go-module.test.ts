import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { goModule } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(goModule, path, content));
const testdata = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));

test('go.mod: the same as go list -m', async () =>
  assert.deepEqual(await read('srv/go.mod', testdata('go.mod.txt')), [
    'golang example.org/local v1.0.0 declared file:./local',
    'golang github.com/BurntSushi/toml v1.3.1 declared',
    'golang golang.org/x/text v0.14.0 declared',
    'golang gopkg.in/yaml.v3 v3.0.1 declared',
  ]));

test('vendor/modules.txt: what lies there is installed', async () =>
  assert.deepEqual(await read('srv/vendor/modules.txt', testdata('modules.txt')), [
    'golang example.org/local v1.0.0 installed file:./local',
    'golang github.com/BurntSushi/toml v1.3.1 installed',
    'golang golang.org/x/text v0.14.0 installed',
    'golang gopkg.in/yaml.v3 v3.0.1 installed',
  ]));

const mod = 'srv/go.mod';
const list = 'srv/vendor/modules.txt';
const cases: readonly (readonly [title: string, path: string, content: string | Buffer, rows: readonly string[]])[] = [
  ['one line, quoted', mod, 'module "m"\nrequire `a/b` v1.0.0 // indirect\r\n', ['golang a/b v1.0.0 declared']],
  ['a replacement of all versions', mod, 'module m\nrequire a v1\nreplace a => b v2', ['golang b v2 declared']],
  ['a replacement of another version', mod, 'module m\nrequire a v1\nreplace a v0 => b v2', ['golang a v1 declared']],
  ['excluded', mod, 'module m\nexclude a v1\nretract v2\n', []],
  ["Go's own", mod, 'module std\nrequire golang.org/x/net v1.0.0', []],
  ['no version', mod, 'module m\nrequire a\n', ['malformed 2']],
  ['empty', mod, '', ['truncated']],
  ['something else', mod, '\0\x01\xff', ['malformed']],
  ['cut off', mod, 'module m\nrequire (\n\ta v1\n\tb', ['malformed 4', 'golang a v1 declared']],
  ['a long line', mod, `module m\nrequire a ${'1'.repeat(100_000)}`, ['incomplete 2']],
  ['no package taken', list, '# a v1\n## explicit\n', ['golang a v1 declared']],
  ['an unused replacement', list, '# a => ./b\n', []],
  ['nothing vendored', list, '', []],
  ['UTF-16', list, Buffer.from('# a v1\n', 'utf16le'), []],
];
for (const [title, path, content, rows] of cases)
  test(`Go: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

test('only files of projects', () => {
  const selector = new FileSelector([goModule]);
  for (const path of [mod, list, 'go.mod']) assert.ok(selector.wantsName(path), path);
  for (const path of [
    'go/pkg/mod/a@v1/go.mod',
    'srv/vendor/a/go.mod',
    'srv/testdata/go.mod',
    'srv/modules.txt',
    'usr/local/go/src/vendor/modules.txt',
  ])
    assert.ok(!selector.wantsName(path), path);
});
