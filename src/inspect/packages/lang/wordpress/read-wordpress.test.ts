import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { Owners } from '../../owners.ts';
import { PackageList } from '../../package-list.ts';
import { wordpress } from './index.ts';

const find = (path: string, content: string | Buffer) => readFileBy(wordpress, path, content);
const read = async (path: string, content: string | Buffer) => rowsOf(await find(path, content));
const testdata = (path: string) => readFileSync(new URL(`testdata/${path}`, import.meta.url));
const lamp = 'wp-content/plugins/lamp/lamp.php';
const akismet = 'wp-content/plugins/akismet/akismet.php';
const paths = [akismet, 'wp-content/themes/twentytwentythree/style.css', 'wp-includes/version.php'];

test('a plug-in, a theme and WordPress itself', async () => {
  const list = new PackageList(undefined, new Owners([], (path) => path));
  for (const path of paths)
    for (const item of await find(path, testdata(path))) if (item.kind === 'package') list.add(item, { path });
  assert.deepEqual(
    list.toSorted().map(({ purl, state }) => `${purl} ${state}`),
    [
      'pkg:generic/wordpress-plugin/akismet@5.0.2 installed',
      'pkg:generic/wordpress-theme/twentytwentythree@1.0 installed',
      'pkg:generic/wordpress@6.1.9 installed',
    ],
  );
});

test('licenses', async () => {
  const [found] = await find(akismet, testdata(akismet));
  assert.deepEqual(found?.kind === 'package' && found.licenses, ['GPLv2 or later']);
});

test('which files', () => {
  const selector = new FileSelector([wordpress]);
  const isRead = (path: string) => selector.wants(path) > 0;
  assert.ok([...paths, 'srv/wp-content/plugins/hello.php', 'wp-content/mu-plugins/a.php'].every(isRead));
  assert.ok(!['wp-content/plugins/lamp/src/a.php', 'wp-content/themes/a/b/style.css', 'srv/style.css'].some(isRead));
});

const cases: readonly (readonly [title: string, path: string, content: string, rows: readonly string[]])[] = [
  [
    'in one line',
    'wp-content/plugins/hello.php',
    '<?php /* Plugin Name: Hello */ /*\nVersion: 1.7.2 */ ?>',
    ['generic hello 1.7.2 installed'],
  ],
  [
    'without a folder',
    'wp-content/plugins/hello.php',
    '<?php\n/*\nPlugin Name: Hello\nVersion: 1.7.2 */',
    ['generic hello 1.7.2 installed'],
  ],
  ['old line ends', lamp, '<?php\r/*\rPlugin Name: L\rVersion: 1\r*/', ['generic lamp 1 installed']],
  ['a part of a plug-in', lamp, '<?php // nothing', []],
  ['empty', lamp, '', []],
  ['a header too far down', lamp, `<?php\n${' '.repeat(8192)}\n/* Plugin Name: L\nVersion: 1 */`, []],
  ['no version', lamp, '/*\nPlugin Name: L\n*/', ['unpinned']],
  ['a version of several words', lamp, '/*\nPlugin Name: L\nVersion: 1 of 2\n*/', ['incomplete']],
  ['binary', lamp, '\0\xff', []],
  ['no version of WordPress', 'wp-includes/version.php', '<?php', ['incomplete']],
];
for (const [title, path, content, rows] of cases)
  test(`WordPress: ${title}`, async () => assert.deepEqual(await read(path, content), rows));
