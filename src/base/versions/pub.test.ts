import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBy } from './order.ts';
import { pub } from './pub.ts';

test('build metadata counts, after everything else', () => {
  const versions =
    '1.0.0-alpha 1.0.0-alpha+1 1.0.0-alpha.1 1.0.0 1.0.0+1 1.0.0+2 1.0.0+10 1.0.0+a 1.0.0+a.1 1.0.1'.split(' ');
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(pub, a, b)!),
    versions,
  );
});

test('zeros may lead, and do not count', () => {
  assert.equal(compareBy(pub, '01.02.03-01.dev+pre.02', '1.2.3-1.dev+pre.2'), 0);
});

test('what pub refuses', () => {
  for (const text of [
    '1',
    '1.0',
    '1.0.0.0',
    'v1.0.0',
    '1.0.0-',
    '1.0.0+',
    '1.0.0-a..b',
    ' 1.0.0',
    '9223372036854775808.0.0',
  ])
    assert.equal(pub.parse(text), undefined, text);
});
