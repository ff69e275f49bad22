import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Severity } from './model/match.ts';
import { compareSeverity, parseSeverity, ratingOf, severityRank } from './severity.ts';

const v2 = 'AV:N/AC:L/Au:N/C:P/I:P/A:P';
const v30 = 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:L/A:L';
const v31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H';
const v40 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N';

function scoreOf(vector: string): number | undefined {
  return ratingOf([{ type: 'CVSS_V3', score: vector }]).cvss[0]?.score;
}

test('vectors score as CVE records say', () => {
  const lines = readFileSync(new URL('testdata/cvss.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  assert.ok(lines.length > 350);
  for (const line of lines) {
    const [score, vector] = line.split(' ') as [string, string];
    assert.equal(scoreOf(vector)?.toFixed(1), score, vector);
  }
});

describe('what is no vector has no score', () => {
  for (const [why, vector] of [
    ['nothing', ''],
    ['a metric is missing', v31.replace('/A:H', '')],
    ['a metric of CVSS 4 is missing', v40.replace('/SA:N', '')],
    ['a metric is not defined', v31.replace('A:H', 'A:X')],
    ['cut in a metric', v31.slice(0, -1)],
    ['cut after the prefix', 'CVSS:3.1/'],
    ['a value that does not exist', v31.replace('AV:N', 'AV:Z')],
    ['a value of another version', v2.replace('C:P', 'C:H')],
    ['a value that only modified metrics have', v40.replace('SI:N', 'SI:S')],
    ['a metric that does not exist', `${v31}/XX:N`],
    ['a metric twice', `${v31}/AV:L`],
    ['a version that does not exist', v31.replace('3.1', '3.2')],
    ['the metrics of another version', v31.replace('3.1', '4.0')],
    ['no prefix', v31.slice(9)],
    ['a prefix that CVSS 2 does not have', `CVSS:2.0/${v2}`],
    ['something behind it', `${v31} `],
    ['a slash behind it', `${v31}/`],
    ['a score', '9.8'],
    ['a name from the prototype', `${v31}/constructor:N`],
    ['too long', `${v31}${'/E:X'.repeat(100)}`],
  ] as const) {
    test(why, () => {
      assert.deepEqual(ratingOf([{ type: 'CVSS_V3', score: vector }]), { severity: 'unknown', cvss: [] });
    });
  }

  test('any text', () => {
    const parts = fc.constantFrom(
      'CVSS:3.1/',
      'CVSS:4.0/',
      'AV:N',
      '/',
      'AC:L',
      ':',
      'Au:N',
      'C:',
      'P',
      'SC:H',
      '\ud800',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(parts).map((list) => list.join('')),
    );
    fc.assert(fc.property(texts, (text) => ratingOf([{ type: 'CVSS_V4', score: text }]).cvss.length <= 1));
  });
});

test('the base score counts, for CVSS 4.0 the threat as well', () => {
  assert.equal(scoreOf(`${v31}/E:U/RL:O/RC:U`), 9.8);
  assert.equal(scoreOf(`${v2}/E:U/RL:OF/RC:UC`), 7.5);
  assert.equal(scoreOf(v40), 8.7);
  assert.equal(scoreOf(`${v40}/E:U`), 6.6);
});

test('bands', () => {
  for (const [vector, severity] of [
    [v31, 'critical'],
    [v30, 'high'],
    ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N', 'medium'], // 4.3
    ['CVSS:3.1/AV:N/AC:H/PR:L/UI:N/S:U/C:L/I:N/A:N', 'low'], // 3.1
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 'negligible'], // 0.0
    ['AV:N/AC:L/Au:N/C:C/I:C/A:C', 'critical'], // 10.0, though CVSS 2 itself ends at high
  ] as const) {
    assert.equal(ratingOf([{ type: 'CVSS', score: vector }]).severity, severity, vector);
  }
});

test('the newest version counts, then the highest score; all are listed once', () => {
  const lower = v31.replace('A:H', 'A:N');
  const ratings = [v2, lower, v31, v40, v30, v31].map((score) => ({ type: 'CVSS_V3', score }));
  const { severity, rating, cvss } = ratingOf(ratings);
  assert.deepEqual([severity, rating?.score], ['high', v40]);
  assert.deepEqual(
    cvss.map(({ version, vector, score }) => [version, vector, score]),
    [
      ['4.0', v40, 8.7],
      ['3.1', v31, 9.8],
      ['3.1', lower, 9.1],
      ['3.0', v30, 7.3],
      ['2.0', v2, 7.5],
    ],
  );
});

test("the vendor's own word counts before scores, the most specific first", () => {
  const score = { type: 'CVSS_V3', score: v31 };
  for (const [type, word, severity] of [
    ['Ubuntu', 'medium', 'medium'],
    ['Ubuntu', 'negligible', 'negligible'],
    ['Debian', 'low**', 'low'],
    ['Debian', 'unimportant', 'negligible'],
    ['GitHub', 'MODERATE', 'medium'],
    ['Red Hat', 'Important', 'high'],
    ['Ubuntu', 'untriaged', 'critical'], // no judgement, so the score counts
    ['Debian', 'not yet assigned', 'critical'],
    ['Debian', 'end-of-life', 'critical'],
    ['Ubuntu', 'unknown', 'critical'],
    ['RubySec', '7.5', 'critical'],
    ['x', 'low '.repeat(1000), 'critical'],
  ] as const) {
    const rated = ratingOf([score, { type, score: word }, { type: 'other', score: severity }]);
    assert.equal(rated.severity, severity, `${type} ${word}`);
    assert.equal(rated.cvss.length, 1);
  }
  assert.deepEqual(ratingOf([]), { severity: 'unknown', cvss: [] });
  assert.deepEqual(ratingOf([{ type: 'Ubuntu', score: 'untriaged' }]), { severity: 'unknown', cvss: [] });
});

test('severities in order, and as they are typed', () => {
  const all: Severity[] = ['unknown', 'negligible', 'low', 'medium', 'high', 'critical'];
  assert.deepEqual(all.map(severityRank), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(all.toReversed().sort(compareSeverity), all);
  for (const severity of all) assert.equal(parseSeverity(` ${severity.toUpperCase()}\n`), severity);
  assert.equal(parseSeverity('moderate'), 'medium');
  for (const text of ['', 'hi', 'highest', '9', 'constructor', '__proto__'])
    assert.equal(parseSeverity(text), undefined);
});
