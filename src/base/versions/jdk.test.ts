import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jdk } from './jdk.ts';
import { compareBy } from './order.ts';

test('releases of each time', () => {
  const versions =
    '1.4.2_19 6b27 6u45 7u80 8u20-b26 1.8.0_392-ea-b07 1.8.0_392-b08 8u402 9 11.0.21+9 11.0.22 17-ea+35 17 17.0.9 17.0.9+9 21'.split(
      ' ',
    );
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(jdk, a, b)!),
    versions,
  );
});

test('spellings of one version', () => {
  for (const [a, b] of [
    ['8u392-b08', '1.8.0_392-b08'],
    ['8u392', '8.0.392'],
    ['7u09', '1.7.0_9'],
    ['1.8.0', '8'],
    ['8u392-ga', '8u392'],
    ['11.0.21+9', '11.0.21+9-post-Debian-1deb11u1'],
    ['17.0.0', '17'],
  ] as const) {
    assert.equal(compareBy(jdk, a, b), 0, `${a} = ${b}`);
  }
});

test('what is no version of Java', () => {
  for (const text of [
    '17.0.9+',
    '17.0.9+09',
    '017',
    '17..1',
    '1.8.0_',
    '8u',
    'jdk-17',
    '17.0.9_9',
    '2147483648',
    '17-LTS-1+2',
  ])
    assert.equal(jdk.parse(text), undefined, text);
});
