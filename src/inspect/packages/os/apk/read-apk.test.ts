import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readFileBy } from '../../../../../test/images/read-file.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { FactReader } from '../../fact-reader.ts';
import { FileSelector } from '../../file-selector.ts';
import { apk } from './index.ts';

const installed = readFileSync(new URL('./testdata/installed', import.meta.url), 'utf8');
const read = (content: string) => readFileBy(apk, 'lib/apk/db/installed', content);

test('packages with their origins', async () => {
  const found = await read(installed);
  const rows = found.flatMap((item) =>
    item.kind === 'package'
      ? [[item.name, item.version, item.architecture, item.source?.name, item.licenses?.join()].join(' ')]
      : [],
  );
  assert.deepEqual(rows, [
    'alpine-baselayout 3.4.3-r2 x86_64 alpine-baselayout GPL-2.0-only',
    'libcrypto3 3.1.4-r5 x86_64 openssl Apache-2.0',
    'ssl_client 1.36.1-r15 x86_64 busybox GPL-2.0-only',
    'py3-six 1.16.0-r8 noarch py3-six MIT',
  ]);
});

test('files with their owners', async () => {
  const found = await read(installed);
  const owned = found.flatMap((item) =>
    item.kind === 'ownership' ? item.paths.map((path) => `${item.owner} ${path}`) : [],
  );
  assert.deepEqual(owned, [
    'alpine-baselayout etc/motd',
    'libcrypto3 lib/libcrypto.so.3',
    'libcrypto3 usr/lib/libcrypto.so.3',
    'ssl_client usr/bin/ssl_client',
    'py3-six usr/lib/python3.11/site-packages/six.py',
    'py3-six usr/lib/python3.11/site-packages/six-1.16.0.dist-info/METADATA',
  ]);
});

const damaged: readonly (readonly [title: string, content: string, found: readonly string[]])[] = [
  ['empty', '', []],
  ['no version', 'P:a\n\nP:b\nV:1-r0\n', ['incomplete 1', 'b']],
  ['no name', 'V:1-r0\n', ['incomplete 1']],
  ['a line that is no field', 'P:a\nwhat\nV:1-r0\n', ['malformed 2', 'a']],
  ['cut off', 'P:a\nV:1-r0\nF:usr\nR', ['malformed 4', 'a']],
  ['a field twice: the first counts', 'P:a\nP:b\nV:1-r0\nV:2-r0\n', ['a']],
  ['binary rubbish', '\0\x01\xff', ['malformed 1']],
];

for (const [title, content, expected] of damaged) {
  test(`damaged database: ${title}`, async () => {
    const found = (await read(content)).map((item) =>
      item.kind === 'package' ? item.name : item.kind === 'problem' ? `${item.code} ${item.where.offset}` : item.kind,
    );
    assert.deepEqual(found, expected);
  });
}

test('a flood of bad lines is counted', async () => {
  const reader = new FactReader(new FileSelector([apk]), defaultLimits);
  await reader.take('lib/apk/db/installed', Buffer.from('x\n'.repeat(100_000)));
  const found = reader.facts.get('lib/apk/db/installed')!;
  assert.equal(found.length, defaultLimits.maxProblemsPerFile + 1);
  assert.match(JSON.stringify(found.at(-1)), /99900 more problems/);
});

test('many files of one package come in parts', async () => {
  const found = await read(`P:a\nV:1-r0\nF:usr\n${'R:a\n'.repeat(25_000)}`);
  assert.deepEqual(
    found.map((item) => (item.kind === 'ownership' ? `${item.owner} ${item.paths.length}` : item.kind)),
    ['a 10000', 'a 10000', 'package', 'a 5000'],
  );
});
