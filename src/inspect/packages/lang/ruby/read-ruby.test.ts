import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { ruby } from './index.ts';

const read = async (path: string, content: string | Buffer) => rowsOf(await readFileBy(ruby, path, content));
const readTestdata = async (path: string) =>
  readFileBy(ruby, path, readFileSync(new URL(`testdata/${path}`, import.meta.url)));

const installed = ['lantern-1.4.0.pre1', 'rake-13.0.6', 'default/json-2.6.1', 'default/date-3.2.2'];
for (const gem of installed)
  test(`${gem} is installed`, async () => {
    const found = await readTestdata(`specifications/${gem}.gemspec`);
    assert.deepEqual(rowsOf(found), [`gem ${gem.replace('default/', '').replace('-', ' ')} installed`]);
  });

test('licenses', async () => {
  const [found] = await readTestdata('specifications/lantern-1.4.0.pre1.gemspec');
  assert.deepEqual(found?.kind === 'package' && found.licenses, ['MIT', 'Apache-2.0']);
});

test('Gemfile.lock: the same as bundle list, and what is for other platforms once', async () => {
  assert.deepEqual(rowsOf(await readTestdata('Gemfile.lock')), [
    'gem gitgem 0.3 declared https://git.example.org/gitgem.git#2b7be726274fc11c4b96c4da41fcf4c88b9747ed',
    'gem buoy 2.0 declared file:../buoy',
    'gem lamp 2.0.0.rc1 declared',
    'gem native 1.15.0 declared',
    'gem rake 13.0.6 declared',
    'gem rexml 3.2.5 declared',
    'gem bundler 2.3.15 declared',
  ]);
});

test('where specifications are', () => {
  const selector = new FileSelector([ruby]);
  const isRead = (path: string) => selector.wants(path) > 0;
  assert.ok(isRead('usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec'));
  assert.ok(isRead('usr/share/rubygems-integration/all/specifications/rake-13.0.6.gemspec'));
  assert.ok(!isRead('usr/lib/ruby/gems/3.1.0/gems/rake-13.0.6/rake.gemspec'));
  assert.ok(isRead('srv/gems/Gemfile.lock') && !isRead('usr/lib/ruby/gems/3.1.0/gems/typeprof-0.21.2/Gemfile.lock'));
});

const spec = 'specifications/a.gemspec';
const damaged: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  ['empty', spec, '', ['incomplete']],
  [
    'old form',
    spec,
    'Gem::Specification.new do |s|\n  s.name = %q{a}\n  s.name = \'a\'\n  s.version = "1"\n',
    ['gem a 1 installed'],
  ],
  ['a version that is an object', spec, 's.name = "a"\ns.version = Gem::Version.new("1.2")', ['gem a 1.2 installed']],
  ['cut off', spec, 's.name = "a".freeze\n  s.ver', ['incomplete']],
  ['a stub that lies', spec, '# stub: a\n', ['incomplete']],
  ['long lines', spec, `s.name = ${'"'.repeat(1_000_000)}\n# stub: a 1 ruby lib`, ['gem a 1 installed']],
  ['many lines', spec, `${'s.name\n'.repeat(1_000_000)}# stub: a 1 ruby lib`, ['incomplete']],
  ['a version with control characters', spec, '# stub: a 1\u0007 ruby lib', ['incomplete']],
  ['empty lock', 'Gemfile.lock', '', ['truncated']],
  [
    'a lock in conflict',
    'gems.locked',
    'GEM\n  specs:\n<<<<<<< HEAD\n    a (1)\n=======\n',
    ['malformed 3', 'malformed 5'],
  ],
  [
    'a lock with damage',
    'gems.locked',
    'GEM\n  specs:\n    a\n    b (1)!\n      c\n    d (1',
    ['malformed 3', 'malformed 6', 'gem b 1 declared'],
  ],
  ['binary', 'Gemfile.lock', '\0\xff\n\u0001', ['malformed 1', 'malformed 2']],
  [
    'Windows',
    'Gemfile.lock',
    'GEM\r\n  specs:\r\n    a (1)\r\n\r\nBUNDLED WITH\r\n   2.5\r\n',
    ['gem a 1 declared', 'gem bundler 2.5 declared'],
  ],
];
for (const [title, path, content, rows] of damaged)
  test(`damage: ${title}`, async () => assert.deepEqual(await read(path, content), rows));

test('a flood of entries ends', async () => {
  const found = await read(
    'Gemfile.lock',
    `GEM\n${Array.from({ length: 60_000 }, (_, i) => `    a${i} (1)`).join('\n')}`,
  );
  assert.equal(found.length, 50_002);
  assert.equal(found[0], 'too-many');
});
