import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { bitnami } from './index.ts';

const list = 'opt/bitnami/.bitnami_components.json';
const bill = 'opt/bitnami/redis/.spdx-redis.spdx';
const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url), 'utf8');
const read = async (path: string, content = testdata(path.slice(path.lastIndexOf('/') + 1))) =>
  readFileBy(bitnami, path, content);

test('the list and the bills of materials name a package alike', async () => {
  const { packages, problems } = joinFacts([
    { path: list, found: await read(list) },
    { path: bill, found: await read(bill) },
    { path: 'opt/bitnami/apache/.spdx-apache.spdx', found: await read('opt/bitnami/apache/.spdx-apache.spdx') },
  ]);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    packages.map(({ purl, ecosystem, licenses, locations }) => [purl, ecosystem, licenses?.join(), locations.length]),
    [
      ['pkg:bitnami/apache@2.4.62-3?arch=amd64&distro=debian-12', 'Bitnami', 'Apache-2.0', 1],
      ['pkg:bitnami/jemalloc@5.3.0?arch=amd64&distro=debian-12', 'Bitnami', undefined, 1],
      ['pkg:bitnami/redis@7.4.1-0?arch=amd64&distro=debian-12', 'Bitnami', 'RSALv2', 2],
      ['pkg:bitnami/wait-for-port@1.0.8-4?arch=amd64&distro=debian-12', 'Bitnami', undefined, 1],
    ],
  );
});

test('only files of Bitnami', () => {
  const selector = new FileSelector([bitnami]);
  for (const path of [list, bill, 'opt/bitnami/.spdx-a.spdx']) assert.ok(selector.wantsName(path), path);
  for (const path of ['srv/.spdx-a.spdx', 'opt/bitnami/a.spdx', `srv/${list}`])
    assert.ok(!selector.wantsName(path), path);
});

const purl = (text: string) =>
  JSON.stringify({ packages: [{ externalRefs: [{ referenceType: 'purl', referenceLocator: text }] }] });

const damaged: readonly (readonly [title: string, path: string, content: string, found: readonly string[]])[] = [
  ['an empty list', list, '', ['truncated']],
  ['a list cut off', list, '{"redis": {"ver', ['malformed']],
  ['a list of nothing', list, '{}', []],
  ['entries that are no tables', list, '{"a": 1, "b": {"version": {}}}', ['incomplete', 'unpinned']],
  ['an empty bill', bill, '', ['truncated']],
  ['a bill cut off', bill, '{"packages": [', ['truncated']],
  ['a bill of nothing', bill, '{}', ['malformed']],
  ['rubbish', bill, '\0\x01\xff', ['malformed']],
  ['no purl', bill, '{"packages": [{"name": "a", "externalRefs": 7}]}', ['incomplete']],
  ['a broken purl', bill, purl('pkg:'), ['incomplete']],
  ['no version', bill, purl('pkg:bitnami/a'), ['unpinned']],
  ['of a language', bill, purl('pkg:npm/a@1'), []],
  ['tags without purl', bill, 'PackageName: a\nExternalRef: SECURITY cpe23Type x\n', ['incomplete']],
  ['a value without end', bill, `PackageName: a\nExternalRef: ${'x'.repeat(20_000)}\n`, ['incomplete']],
];

for (const [title, path, content, expected] of damaged) {
  test(`damaged: ${title}`, async () => {
    const found = await read(path, content);
    assert.deepEqual(
      found.map((item) => (item.kind === 'problem' ? item.code : item.kind)),
      expected,
    );
  });
}
