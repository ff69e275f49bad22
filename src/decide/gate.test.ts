import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Match, Severity } from '../base/model/match.ts';
import { planActions } from './actions.ts';
import { judgeMatches, suppressByLine } from './gate.ts';

function matchOf(severity: Severity, more: Partial<Match> = {}): Match {
  return {
    id: 'CVE-2022-0001',
    aliases: [],
    severity,
    cvss: [],
    references: [],
    package: { purl: 'pkg:npm/a@1.0.0', name: 'a', version: '1.0.0', locations: [] },
    fixedVersions: ['1.1.0'],
    state: 'fixed',
    reason: { feed: 'osv', advisory: 'A-1', shard: 'npm', name: 'a', version: '1.0.0', range: '< 1.1.0', how: 'range' },
    otherReasons: [],
    ...more,
  };
}

const suppressed = { suppressed: { by: 'vex', why: 'not reachable' } };
const cases: readonly (readonly [
  title: string,
  matches: Match[],
  failOn: Severity | undefined,
  onlyFixed: boolean,
  pass: boolean,
])[] = [
  ['no line', [matchOf('critical')], undefined, false, true],
  ['nothing found', [], 'low', false, true],
  ['at the line', [matchOf('high')], 'high', false, false],
  ['above the line', [matchOf('critical')], 'high', false, false],
  ['below the line', [matchOf('medium')], 'high', false, true],
  ['unknown is not below a line', [matchOf('unknown')], 'low', false, true],
  ['unknown, where everything counts', [matchOf('unknown')], 'unknown', false, false],
  ['suppressed', [matchOf('critical', suppressed)], 'high', false, true],
  ['without a fix', [matchOf('critical', { state: 'not-fixed', fixedVersions: [] })], 'high', false, false],
  [
    'without a fix, and only fixed ones count',
    [matchOf('critical', { state: 'not-fixed', fixedVersions: [] })],
    'high',
    true,
    true,
  ],
];

for (const [title, matches, failOn, onlyFixed, pass] of cases) {
  test(title, () => {
    const verdict = judgeMatches(suppressByLine(matches, { failOn, onlyFixed }), { failOn, onlyFixed }, 0);
    assert.equal(verdict.pass, pass);
    assert.ok(verdict.reasons.length > 0 && verdict.reasons.every((reason) => reason.endsWith('.')));
  });
}

test('what is left out by the line keeps its place and says why', () => {
  const [match] = suppressByLine([matchOf('high', { state: 'not-fixed', fixedVersions: [] })], { onlyFixed: true });
  assert.equal(match?.suppressed?.by, 'only-fixed');
});

test('one action raises a package to the highest version that is needed', () => {
  const higher = matchOf('low', { id: 'CVE-2022-0002', fixedVersions: ['1.0.5', '1.2.0'] });
  const unfixed = matchOf('low', { id: 'CVE-2022-0003', fixedVersions: [], state: 'not-fixed' });
  const actions = planActions([matchOf('high'), higher, unfixed, matchOf('high', suppressed)], (_match, a, b) =>
    a.localeCompare(b),
  );
  assert.deepEqual(actions, [
    { title: 'Raise a from 1.0.0 to 1.2.0', clears: ['CVE-2022-0001', 'CVE-2022-0002'], packages: ['pkg:npm/a@1.0.0'] },
  ]);
});

test('packages that were compared with nothing are said', () => {
  const verdict = judgeMatches([], { failOn: 'low', onlyFixed: false }, 3);
  assert.equal(verdict.pass, true);
  assert.match(verdict.reasons.at(-1)!, /3 packages were compared with nothing/);
});

test('a caveat stands last, and changes no verdict', () => {
  const verdict = judgeMatches([], { failOn: 'low', onlyFixed: false }, 3, 'Its support has ended.');
  assert.deepEqual([verdict.pass, verdict.reasons.at(-1)], [true, 'Its support has ended.']);
});
