import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { exceptionIds, licenseIds } from './spdx-ids.ts';
import { parseLicense } from './spdx-license.ts';

const corpus = readFileSync(new URL('testdata/license-expressions.txt', import.meta.url), 'utf8').split('\n');

/** Where `packaging` is laxer: an identifier that ends in a plus takes no second one. */
const laxer = new Set(['GPL-2.0++']);

test('agrees with packaging on what is an expression, and on how it is written', () => {
  let seen = 0;
  for (const line of corpus.filter((text) => text.includes('\t') && !text.startsWith('#'))) {
    const [text, canonical] = line.split('\t') as [string, string];
    const license = parseLicense(text);
    const written = license.kind === 'id' ? license.id : license.kind === 'expression' ? license.expression : '';
    assert.equal(written, laxer.has(text) ? '' : canonical, JSON.stringify(text));
    seen++;
  }
  assert.ok(seen > 70);
});

test('what is no expression stays as it was', () => {
  for (const text of ['', 'MIT License', '(MIT', 'MIT OR'])
    assert.deepEqual(parseLicense(text), { kind: 'name', name: text });
});

test('text that is too long or too deep costs nothing', () => {
  const long = 'MIT OR '.repeat(100_000);
  assert.equal(parseLicense(`${long}MIT`).kind, 'name');
  assert.equal(parseLicense('('.repeat(990) + 'MIT'.padEnd(10) + ')'.repeat(990)).kind, 'expression');
  assert.equal(parseLicense('('.repeat(990) + 'MIT'.padEnd(10) + ')'.repeat(989)).kind, 'name');
});

test('the list is whole: licenses and exceptions apart, as in the schema', () => {
  const path = '../../node_modules/@cyclonedx/cyclonedx-library/res/schema/spdx.SNAPSHOT.schema.json';
  const { enum: ids } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  assert.deepEqual([...licenseIds, ...exceptionIds], ids);
  assert.ok(exceptionIds.includes('Linux-syscall-note') && licenseIds.includes('Zlib'));
});
