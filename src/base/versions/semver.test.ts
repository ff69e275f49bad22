import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import npm from 'semver';
import { compareBy } from './order.ts';
import { semver } from './semver.ts';

const real = readFileSync(new URL('testdata/semver.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const identifiers = [
  '0',
  '1',
  '9',
  '10',
  '00',
  '01',
  'a',
  'A',
  'a0',
  '0a',
  '-',
  '--',
  '-1',
  '1-',
  'alpha',
  'beta',
  '',
  'é',
  '9007199254740991',
];
const odd = [
  ...identifiers.flatMap((a) => [
    `1.0.0-${a}`,
    `1.0.0+${a}`,
    `1.0.0-a.${a}`,
    `1.0.0-${a}.1`,
    `1.0.0+${a}.x`,
    `1.0.0-rc.${a}+b`,
  ]),
  ...identifiers.flatMap((a) => [`${a}.0.0`, `0.${a}.0`, `0.0.${a}`, `0.0.${a}-0`]),
  ...'1 1.2 1.2.3.4 v1.2.3 V1.2.3 vv1.2.3 =1.2.3 =v1.2.3 1.2.3- 1.2.3+ 1.2.x * latest ^1.2.3 1,2,3 1.2.3-a..b 1.2.3+a+b'.split(
    ' ',
  ),
  ...[
    ' 1.2.3',
    '1.2.3\n',
    '\u00a01.2.3',
    'v 1.2.3',
    '1.2.3 -a',
    '1. 2.3',
    '\ufeff1.2.3',
    '9007199254740992.0.0',
    '0.0.10000000000000000',
  ],
  `1.0.0-${'a'.repeat(250)}`,
  `1.0.0-${'1'.repeat(250)}`,
  `1.0.0+${'a'.repeat(251)}`,
];

test('there is something to compare', () => {
  assert.equal(real.length, 1200);
  assert.ok(odd.length > 200);
});

test('accepts exactly what semver.valid accepts', () => {
  for (const text of [...real, ...odd]) {
    assert.equal(semver.parse(text) !== undefined, npm.valid(text) !== null, JSON.stringify(text));
  }
});

test('every pair compares as semver.compare says, both ways round', () => {
  const versions = [...real, ...odd].flatMap((text) => {
    const judge = npm.parse(text);
    return judge === null ? [] : [{ text, judge, key: semver.parse(text)! }];
  });
  versions.forEach((a, place) => {
    for (const b of versions.slice(place)) {
      const expected = a.judge.compare(b.judge);
      if (semver.compare(a.key, b.key) !== expected) assert.fail(`${a.text} against ${b.text} must give ${expected}`);
      if (semver.compare(b.key, a.key) + expected !== 0) assert.fail(`${b.text} against ${a.text}`);
    }
  });
});

test('numbers that npm rounds are compared exactly, as the specification says', () => {
  assert.equal(compareBy(semver, '1.0.0-9007199254740992', '1.0.0-9007199254740993'), -1);
  assert.equal(npm.compare('1.0.0-9007199254740992', '1.0.0-9007199254740993'), 0);
});

test("the specification's own example", () => {
  const versions =
    '1.0.0-alpha 1.0.0-alpha.1 1.0.0-alpha.beta 1.0.0-beta 1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0.0'.split(' ');
  assert.deepEqual(
    versions.toReversed().sort((a, b) => compareBy(semver, a, b)!),
    versions,
  );
});
