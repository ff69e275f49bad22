import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PlimsollError } from '../../../base/errors.ts';
import { parseScores } from './scores.ts';

const head = '#model_version:v2025.03.14,score_date:2024-06-07T00:00:00+0000\ncve,epss,percentile\n';

async function itemsOf(text: string) {
  return Array.fromAsync(parseScores(text, 'the test').items);
}

test('scores become predictions', async () => {
  assert.equal(parseScores(head, 'the test').asOf, '2024-06-07T00:00:00.000Z');
  assert.deepEqual(await itemsOf(head), []);
  assert.deepEqual(await itemsOf(`${head}CVE-1999-0001,0.03351,0.8765\r\nCVE-1999-0002,1e-05,1`), [
    { kind: 'prediction', id: 'CVE-1999-0001', score: 0.03351, percentile: 0.8765 },
    { kind: 'prediction', id: 'CVE-1999-0002', score: 0.00001, percentile: 1 },
  ]);
});

test('lines that cannot be used are counted', async () => {
  const lines = [
    '',
    'x',
    'CVE-1999-0001',
    'CVE-1999-0001,2,0',
    'CVE-1999-0001,-1,0',
    `CVE-1999-0001,0,${'0'.repeat(1e6)}`,
  ];
  const items = await itemsOf(`${head}${lines.join('\n')}\nCVE-1999-0001,0.5,`);
  assert.deepEqual(
    items.map((item) => (item.kind === 'left' ? item.outcome : item.kind)),
    [
      ...Array(3).fill('malformed line'),
      'score out of range',
      'score out of range',
      'malformed line',
      'malformed line',
    ],
  );
});

test('what has another head is refused', () => {
  const isBad = (error: unknown) => error instanceof PlimsollError && error.code === 'bad-answer';
  for (const text of ['', '<html>', head.slice(5), head.slice(0, 70), `#${'x'.repeat(1e6)}\n`, 'cve,epss,percentile\n'])
    assert.throws(() => parseScores(text, 'the test'), isBad, text.slice(0, 80));
});
