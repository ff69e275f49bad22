import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { php } from './index.ts';
import { parseSerialized } from './serialized.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(php, path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));

test('installed.json: the same as composer show', async () => {
  assert.deepEqual(await read('vendor/composer/installed.json', testdata('composer/installed.json')), [
    'composer acme/local dev-main installed file:../pk/local',
    'composer acme/mbstring v1.2.8 installed',
    'composer acme/phpunit v1.2.7 installed dev',
    'composer acme/yaml v1.2.4 installed',
  ]);
});

test('composer.lock: the same as composer show --locked', async () => {
  assert.deepEqual(await read('composer.lock', testdata('composer.lock')), [
    'composer acme/local dev-main declared file:../pk/local',
    'composer acme/mbstring v1.2.8 declared',
    'composer acme/yaml v1.2.4 declared',
    'composer acme/phpunit v1.2.7 declared dev',
  ]);
});

test('records of PEAR', async () => {
  const [util] = await readFileBy(php, '.registry/xml_util.reg', testdata('registry/xml_util.reg'));
  assert.deepEqual(util, {
    kind: 'package',
    type: 'pear',
    name: 'pear.php.net/XML_Util',
    version: '1.4.5',
    state: 'installed',
    licenses: ['BSD License'],
  });
  assert.deepEqual(await read('.registry/console_getopt.reg', testdata('registry/console_getopt.reg')), [
    'pear pear.php.net/Console_Getopt 1.4.3 installed',
  ]);
});

test('where records are', () => {
  const selector = new FileSelector([php]);
  assert.ok(selector.wants('usr/share/php/.registry/.channel.pecl.php.net/redis.reg') > 0);
  assert.ok(selector.wants('srv/composer.lock') > 0 && selector.wants('srv/vendor/a/b/composer.lock') === 0);
  assert.ok(selector.wants('windows/user.reg') === 0 && selector.wants('srv/installed.json') === 0);
});

const lock = 'composer.lock';
const installed = 'vendor/composer/installed.json';
const record = '.registry/a.reg';
const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['installed.json of version 1', installed, '[{"name":"a/b","version":"1.0"}]', ['composer a/b 1.0 installed']],
  ['no packages for development', lock, '{"packages":[],"packages-dev":null}', []],
  ['empty lock', lock, '', ['truncated']],
  ['cut off', lock, '{"packages":[{"name":"a/b"', ['malformed 1']],
  ['a list for the lock', lock, '[]', ['malformed']],
  ['packages that are a text', lock, '{"packages":"a"}', ['malformed']],
  [
    'entries of wrong kinds',
    installed,
    '[1,{"name":"a/b","version":2},{"name":"a/c"}]',
    ['incomplete', 'incomplete', 'unpinned'],
  ],
  ['the prototype', installed, '{"packages":[{"__proto__":{"name":"a/b","version":"1"}}]}', ['incomplete']],
  ['empty record', record, '', ['malformed']],
  [
    'a record in the old form',
    record,
    'a:2:{s:7:"package";s:1:"a";s:7:"version";s:3:"1.0";}',
    ['pear a 1.0 installed'],
  ],
  ['a record without version', record, 'a:1:{s:4:"name";s:1:"a";}', ['unpinned']],
  ['a record that lies about a length', record, 'a:1:{s:999999999:"name";s:1:"a";}', ['malformed']],
  ['a record that lies about a count', record, 'a:999999999:{s:4:"name";s:1:"a";}', ['malformed']],
  ['an object', record, 'O:8:"stdClass":0:{}', ['malformed']],
  ['too deep', record, 'a:1:{i:0;'.repeat(100_000), ['malformed']],
];
for (const [title, path, content, rows] of cases)
  test(`php: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

test('serialized values', () => {
  const parse = (text: string) => parseSerialized(Buffer.from(text), { maxDepth: 3, maxValues: 10 });
  assert.deepEqual(
    parse('a:6:{i:0;s:2:"é";i:1;N;i:2;b:1;i:3;d:1.5;}'.replace('a:6', 'a:4')),
    new Map<string, unknown>([
      ['0', 'é'],
      ['1', null],
      ['2', true],
      ['3', 1.5],
    ]),
  );
  for (const text of [
    's:2:"a"',
    's:1:"ab";',
    'i:;',
    'i:1',
    'a:1:{a:0:{}i:1;}',
    'a:0:}',
    'x',
    `a:11:{${'i:0;i:0;'.repeat(11)}}`,
  ])
    assert.equal(parse(text), undefined, text);
});
