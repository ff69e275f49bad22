import assert from 'node:assert/strict';
import { test } from 'node:test';
import { julia } from './julia.ts';
import { compareBy } from './order.ts';

test('build metadata counts, after everything else', () => {
  const versions = '1.0.0-DEV 1.0.0-rc1 1.0.0-rc1+1 1.0.0 1.0.0+0 1.0.0+1 1.0.0+10 1.0.0+a 1.0.1+0'.split(' ');
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(julia, a, b)!),
    versions,
  );
});

test('spellings of one version', () => {
  for (const [a, b] of [
    ['1', '1.0.0'],
    ['v1.2', '1.2.0'],
    ['V1.2', '01.02'],
    ['1.0.0rc1', '1.0.0-rc1'],
    ['1rc.1', '1.0.0-rc.1'],
    ['1.0.0-rc.01', '1.0.0-rc.1'],
  ] as const) {
    assert.equal(compareBy(julia, a, b), 0, `${a} = ${b}`);
  }
});

test('what Julia refuses, and ends of ranges', () => {
  for (const text of ['1.0.0.0', '1.', '.1', '1.0.0-a..b', 'v', 'rc1', '1.0.0_1', '4294967296.0.0', '1.0.0-', '1.0.0+'])
    assert.equal(julia.parse(text), undefined, text);
});
