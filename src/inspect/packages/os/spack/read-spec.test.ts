import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { joinFacts } from '../../join.ts';
import { spack } from './index.ts';

const path = 'opt/spack/linux-zen2/hull-2.4.1-hull7abcdefghijklmnopqrstuvwxyz2/.spack/spec.json';
const spec = readFileSync(new URL('./testdata/spec.json', import.meta.url), 'utf8');
const find = (content: string) => readFileBy(spack, path, content);

test('the package of the folder, not what it needs', async () => {
  const { packages } = joinFacts([{ path, found: await find(spec) }]);
  assert.deepEqual(
    packages.map(({ purl, state }) => [purl, state]),
    [['pkg:spack/hull@2.4.1?arch=zen2&hash=hull7abcdefghijklmnopqrstuvwxyz2', 'installed']],
  );
});

const cases: readonly (readonly [title: string, content: string, rows: readonly string[]])[] = [
  ['of before 2021', '{"spec":[{"hull":{"version":"1.0"}},{"keel":{"version":"2"}}]}', ['spack hull 1.0 installed']],
  ['empty', '', ['truncated']],
  ['cut off', spec.slice(0, -40), ['malformed']],
  ['no nodes', '{"spec":{"nodes":{}}}', ['malformed']],
  ['other kinds', '{"spec":{"nodes":[{"name":{},"version":1,"arch":7}]}}', ['incomplete']],
  ['no version', '{"spec":{"nodes":[{"name":"a","arch":{"target":[]}}]}}', ['unpinned']],
  ['not UTF-8', '{"spec":{"nodes":[{"name":"\x00","version":"1"}]}}', ['malformed 1']],
  ['too many values', `[${'0,'.repeat(1_100_000)}0]`, ['too-many']],
];
for (const [title, content, rows] of cases)
  test(`a specification: ${title}`, async () =>
    assert.deepEqual(
      rowsOf(await find(content)).map((row) => (title === 'cut off' ? row.split(' ', 1)[0] : row)),
      rows,
    ));
