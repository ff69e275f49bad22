import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { joinFacts } from '../../join.ts';
import { contentSets } from './index.ts';

const path = 'root/buildinfo/content_manifests/ubi9-container-9.4-947.json';
const manifest = readFileSync(new URL('./testdata/ubi9-container.json', import.meta.url), 'utf8');

/** Names, or the code of a problem. */
const read = async (text: string, at = path) =>
  (await readFileBy(contentSets, at, text)).map((item) =>
    item.kind === 'content-sets' ? item.names.join() : item.kind === 'problem' ? item.code : item.kind,
  );

test('the content sets of all layers are those of the image, each once', async () => {
  const other = '{"content_sets": ["rhel-9-for-x86_64-baseos-rpms", "codeready-builder-for-rhel-9-x86_64-rpms"]}';
  const inventory = joinFacts([
    { path, found: await readFileBy(contentSets, path, manifest) },
    { path: `${path}.json`, found: await readFileBy(contentSets, `${path}.json`, other) },
  ]);
  assert.deepEqual(inventory.contentSets, [
    'codeready-builder-for-rhel-9-x86_64-rpms',
    'rhel-9-for-x86_64-appstream-rpms',
    'rhel-9-for-x86_64-baseos-rpms',
  ]);
  assert.equal(joinFacts([]).contentSets, undefined);
});

test('empty, truncated, other and lying files', async () => {
  assert.deepEqual(await read('{"labels": []}', 'usr/share/buildinfo/labels.json'), []);
  assert.deepEqual(await read(''), ['truncated']);
  assert.deepEqual(await read(manifest.slice(0, manifest.indexOf(',') + 1)), ['malformed']);
  assert.deepEqual(await read(manifest.slice(0, 1)), ['malformed']);
  assert.deepEqual(await read('[]'), ['malformed']);
  assert.deepEqual(await read('{"content_sets": {}}'), ['malformed']);
  assert.deepEqual(await read('{"content_sets": ["a", 5, "b\\u001b[31m", ""]}'), ['a', 'malformed']);
  assert.deepEqual(await read(JSON.stringify({ content_sets: Array(2000).fill('a') })).then((all) => all.length), 2);
});
