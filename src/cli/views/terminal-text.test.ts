import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { displayWidth } from './display-width.ts';
import { cutEnd, cutStart, padEnd, padStart, wrapText } from './fit-text.ts';
import { renderLines } from './line.ts';
import { printable } from './printable.ts';
import { wideRanges } from './wide-ranges.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string());
const steering = /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/u;

test('widths are those of the C library', () => {
  const corpus = readFileSync(new URL('testdata/display-widths.txt', import.meta.url), 'utf8').split('\n');
  const cases = corpus.filter((line) => line !== '' && !line.startsWith('#'));
  assert.ok(cases.length > 30);
  for (const line of cases) {
    const [text, width] = line.split('\t') as [string, string];
    assert.equal(displayWidth(JSON.parse(text)), Number(width), text);
  }
});

test('wide ranges stand in order and apart', () => {
  for (const [index, [first, last]] of wideRanges.entries()) {
    assert.ok(first <= last);
    assert.ok(index === 0 || first > wideRanges[index - 1]![1] + 1);
  }
});

test('printable: what steers or hides is shown as unreadable', () => {
  const cases: readonly [string, string][] = [
    ['', ''],
    ['plain text', 'plain text'],
    ['Grüße 画像 🚢', 'Grüße 画像 🚢'],
    ['\u001b]8;;http://evil\u0007x', '\ufffd]8;;http://evil\ufffdx'],
    ['a\u009b31mb', 'a\ufffd31mb'],
    ['two\r\nlines\tand', 'two\ufffd\ufffdlines\ufffdand'],
    ['a\u202egnp.exe', 'a\ufffdgnp.exe'],
    ['zero\u200bwidth\ufeff', 'zero\ufffdwidth\ufffd'],
    ['half \ud800 pair', 'half \ufffd pair'],
    ['tag\u{e0041}', 'tag\ufffd'],
    ['heart\u2764\ufe0f', 'heart\u2764'],
    [`pile${'\u0301'.repeat(50)}`, `pile${'\u0301'.repeat(3)}`],
  ];
  for (const [text, shown] of cases) assert.equal(printable(text), shown);
  assert.equal(printable('x'.repeat(1e6)).length, 2000);
});

test('printable: nothing steers, and twice is once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const shown = printable(text);
      assert.doesNotMatch(shown, steering);
      assert.equal(printable(shown), shown);
    }),
  );
});

test('cutting keeps the end that matters', () => {
  assert.equal(cutEnd('openssl', 7), 'openssl');
  assert.equal(cutEnd('openssl', 5), 'open…');
  assert.equal(cutStart('srv/app/lodash', 8), '…/lodash');
  assert.equal(cutEnd('画像処理', 5), '画像…');
  assert.equal(cutEnd('画像処理', 4), '画…');
  assert.equal(cutEnd('e\u0301e\u0301e\u0301', 2), 'e\u0301…');
  assert.equal(padEnd('画', 4), '画  ');
  assert.equal(padStart('7', 3), '  7');
});

test('texts fit, whatever they hold', () => {
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 30 }), (text, width) => {
      assert.ok(displayWidth(cutEnd(text, width)) <= width);
      assert.ok(displayWidth(cutStart(text, width)) <= width);
      assert.equal(displayWidth(padEnd(text, width)), width);
      for (const line of wrapText(text, width)) assert.ok(displayWidth(line) <= width);
    }),
  );
});

test('wrapping loses no word', () => {
  assert.deepEqual(wrapText('the quick brown fox', 9), ['the quick', 'brown fox']);
  assert.deepEqual(wrapText('abcdefgh ij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrapText('', 10), ['']);
});

test('colour is only ours', () => {
  const lines = [[{ text: 'a\u001b[5m', style: 'critical' } as const, ' b\n'], []];
  assert.equal(renderLines(lines, false), 'a\ufffd[5m b\ufffd\n\n');
  assert.equal(renderLines(lines, true), '\u001b[1m\u001b[31ma\ufffd[5m\u001b[39m\u001b[22m b\ufffd\n\n');
});
