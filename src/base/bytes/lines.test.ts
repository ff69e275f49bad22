import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLines } from './lines.ts';

const cases: readonly (readonly [text: string, lines: readonly string[]])[] = [
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\nb\r', ['a', 'b']],
  ['\n\r\n\n', ['', '', '']],
  ['a\rb\n', ['a\rb']],
];

for (const [text, lines] of cases)
  test(`lines of ${JSON.stringify(text)}`, () => assert.deepEqual([...readLines(text)], lines));
