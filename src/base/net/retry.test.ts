import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff, retryAfterMs } from './retry.ts';

test('Retry-After in seconds and as a date', () => {
  const now = Date.parse('2026-01-02T03:04:05Z');
  const cases: [text: string | undefined, ms: number | undefined][] = [
    ['0', 0],
    [' 120 ', 120_000],
    ['Fri, 02 Jan 2026 03:04:15 GMT', 10_000],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    [undefined, undefined],
    ['', undefined],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['9'.repeat(20), undefined],
    [`${'9'.repeat(100)} GMT`, undefined],
  ];
  for (const [text, ms] of cases) assert.equal(retryAfterMs(text, now), ms, text);
});

test('the backoff doubles, with a random half, up to 20 s', () => {
  for (const [attempt, most] of [
    [0, 500],
    [1, 1000],
    [3, 4000],
    [10, 20_000],
    [1000, 20_000],
  ] as const) {
    const ms = backoff(attempt, 500);
    assert.ok(ms >= most / 2 && ms <= most, `${attempt}: ${ms}`);
  }
});
