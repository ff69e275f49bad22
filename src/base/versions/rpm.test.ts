import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareBy } from './order.ts';
import { rpm } from './rpm.ts';

test('pairs that show a rule', () => {
  for (const [a, b] of [
    ['1.0~rc1-1', '1.0-1'], // a tilde is before the end
    ['1.0-1', '1.0^git1-1'], // a caret is after it
    ['1.0^git1-1', '1.0.1-1'],
    ['1.0a-1', '1.0.1-1'], // letters are before numbers
    ['1.0-1', '1.0a-1'],
    ['1.0', '1.0-1'], // no release is before every release
    ['2.0-1', '1:1.0-1'],
    ['1.0-9.el8', '1.0-10.el8'],
    ['1.9999999999999999999', '1.10000000000000000000'], // beyond 64 bits
  ] as const) {
    assert.equal(compareBy(rpm, a, b), -1, `${a} < ${b}`);
    assert.equal(compareBy(rpm, b, a), 1, `${b} > ${a}`);
  }
});

test('separators do not count, nor zeros that lead, nor an epoch of 0', () => {
  for (const other of ['0:1.2-3', '1_2-3', '1..2-3', '01.002-3', '00:1.2.-3'])
    assert.equal(compareBy(rpm, '1.2-3', other), 0, other);
});

test('refuses what no package can bear', () => {
  for (const text of ['1 2-1', ' 1.0', '1.0\n', '1.0\0', '1.é', '1.\ud800'])
    assert.equal(rpm.parse(text), undefined, text);
});
