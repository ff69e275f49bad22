import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { cos } from './index.ts';

const list = readFileSync(new URL('./testdata/cos-package-info.json', import.meta.url), 'utf8');
const read = async (content: string) => rowsOf(await readFileBy(cos, 'etc/cos-package-info.json', content));

test('the category tells packages of one name apart', async () => {
  const [hull] = await readFileBy(cos, 'etc/cos-package-info.json', list);
  assert.deepEqual(hull?.kind === 'package' && hull.purl?.qualifiers, { category: 'app-shells' });
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['installed, not used to build', list, ['cos hull 5.1_p16-r6 installed', 'cos keel 2.37 installed']],
  ['no category', '{"installedPackages":[{"name":"a","version":"1"}]}', ['cos a 1 installed']],
  ['empty', '', ['truncated']],
  ['cut off', '{"installedPackages":[', ['truncated']],
  ['no list', '{"installedPackages":{}}', ['malformed']],
  ['other kinds', '{"installedPackages":[null,7,"a",{"name":["a"],"version":1}]}', Array(4).fill('incomplete')],
  ['no version', '{"installedPackages":[{"name":"a"}]}', ['unpinned']],
  ['not UTF-8', '{"installedPackages":[{"name":"a\x00"}]}', ['malformed 1']],
  ['too many values', `[${'0,'.repeat(1_100_000)}0]`, ['too-many']],
];
for (const [title, content, rows] of cases)
  test(`a list: ${title}`, async () => assert.deepEqual(await read(content), rows));
