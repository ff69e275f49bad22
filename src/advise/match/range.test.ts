import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RangeEvent } from '../../base/model/advisory.ts';
import { deb } from '../../base/versions/deb.ts';
import type { Order } from '../../base/versions/order.ts';
import { pep440 } from '../../base/versions/pep440.ts';
import { semver } from '../../base/versions/semver.ts';
import { judge } from './range.ts';

/** `0 <2 3 <=4 ~9`: introduced 0, fixed 2, introduced 3, last affected 4, limit 9. */
function events(text: string): RangeEvent[] {
  return text.split(' ').map((word): RangeEvent => {
    if (word.startsWith('<=')) return { lastAffected: word.slice(2) };
    if (word.startsWith('<')) return { fixed: word.slice(1) };
    return word.startsWith('~') ? { limit: word.slice(1) } : { introduced: word };
  });
}

interface Case {
  readonly order?: Order;
  readonly ranges?: readonly string[];
  readonly versions?: readonly string[];
  readonly version: string;
  readonly expected: string;
}

const cases: readonly Case[] = [
  { ranges: ['0 <2.0.0'], version: '1.9.9', expected: '< 2.0.0, fixed 2.0.0' },
  { ranges: ['0 <2.0.0'], version: '2.0.0', expected: 'not affected' },
  { ranges: ['0 <2.0.0'], version: '2.0.0-rc.1', expected: '< 2.0.0, fixed 2.0.0' },
  { ranges: ['1.0.0 <2.0.0'], version: '0.9.0', expected: 'not affected' },
  { ranges: ['1.0.0 <2.0.0'], version: '1.0.0', expected: '>= 1.0.0, < 2.0.0, fixed 2.0.0' },
  { ranges: ['0 <=2.0.0'], version: '2.0.0', expected: '<= 2.0.0, fixed' },
  { ranges: ['0 <=2.0.0'], version: '2.0.1', expected: 'not affected' },
  { ranges: ['0'], version: '99.0.0', expected: 'every version: no fix is known, fixed' },
  { ranges: ['1.0.0'], version: '99.0.0', expected: '>= 1.0.0, fixed' },
  { ranges: ['0 <1.0.0 2.0.0 <3.0.0'], version: '0.5.0', expected: '< 1.0.0, fixed 1.0.0' },
  { ranges: ['0 <1.0.0 2.0.0 <3.0.0'], version: '1.5.0', expected: 'not affected' },
  { ranges: ['0 <1.0.0 2.0.0 <3.0.0'], version: '2.5.0', expected: '>= 2.0.0, < 3.0.0, fixed 3.0.0' },
  { ranges: ['<3.0.0 2.0.0 <1.0.0 0'], version: '2.5.0', expected: '>= 2.0.0, < 3.0.0, fixed 3.0.0' },
  { ranges: ['0 <4.4.18', '5.0.0 <5.0.10'], version: '5.0.1', expected: '>= 5.0.0, < 5.0.10, fixed 5.0.10' },
  { ranges: ['0 <2.0.0', '0 <3.0.0'], version: '1.0.0', expected: '< 2.0.0, fixed 2.0.0 3.0.0' },
  { ranges: ['0 ~2.0.0'], version: '2.0.0', expected: 'not affected' },
  { ranges: ['0 ~2.0.0'], version: '1.0.0', expected: '< 2.0.0, fixed' },
  { ranges: [], versions: ['1.0.0'], version: '1.0.0', expected: '= 1.0.0, fixed' },
  { ranges: ['0 <0.5.0'], versions: ['1.0.0'], version: '1.0.0', expected: '= 1.0.0, fixed' },
  { ranges: ['2.0.0 <3.0.0'], versions: ['1.0.0'], version: '1.0.0', expected: '= 1.0.0, fixed 3.0.0' },
  { ranges: [], versions: [], version: '1.0.0', expected: 'not affected' },
  { ranges: ['0 <2.0.0'], version: 'a-git-branch', expected: 'unknown: a-git-branch' },
  { ranges: ['0 <what?'], version: '1.0.0', expected: 'unknown: what?' },
  { ranges: ['0 <what?', '0 <2.0.0'], version: '1.0.0', expected: '< 2.0.0, fixed 2.0.0' },
  { versions: ['a-git-branch'], version: 'a-git-branch', expected: '= a-git-branch, fixed' },
  { order: pep440, versions: ['1.0'], version: '1.0.0', expected: '= 1.0.0, fixed' },
  { order: pep440, ranges: ['0 <2.10.1'], version: '2.10', expected: '< 2.10.1, fixed 2.10.1' },
  {
    order: deb,
    ranges: ['0 <1.1.1n-0+deb11u5'],
    version: '1.1.1n-0+deb11u4',
    expected: '< 1.1.1n-0+deb11u5, fixed 1.1.1n-0+deb11u5',
  },
  { order: deb, ranges: ['0 <1:1.0-1'], version: '2.0-1', expected: '< 1:1.0-1, fixed 1:1.0-1' },
  { order: deb, ranges: ['0 <2.0-1~deb11u1'], version: '2.0-1', expected: 'not affected' },
];

for (const { order = semver, ranges = [], versions = [], version, expected } of cases) {
  test(`${version} in [${ranges.join('] [')}] {${versions.join()}}: ${expected}`, () => {
    const judged = judge(order, version, {
      ranges: ranges.map((text) => ({ type: 'ECOSYSTEM', events: events(text) })),
      versions,
    });
    const text =
      judged.kind === 'affected'
        ? `${judged.range}, fixed ${judged.fixed.join(' ')}`.trimEnd()
        : judged.kind === 'unknown'
          ? `unknown: ${judged.unreadable}`
          : 'not affected';
    assert.equal(text, expected);
  });
}
