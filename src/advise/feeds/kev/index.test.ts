import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kevCatalogue } from '../../../../test/feeds/sample-feed.ts';
import { PlimsollError } from '../../../base/errors.ts';
import { parseCatalogue } from './index.ts';

const parse = (text: string) => parseCatalogue(Buffer.from(text), 'the test');

test('entries become marks', () => {
  assert.deepEqual(parse(kevCatalogue(['CVE-2024-12345'])), {
    items: [{ kind: 'mark', mark: { id: 'CVE-2024-12345', fields: ['2024-01-02', '2024-01-23', true] } }],
    asOf: '2024-02-03T04:05:06.789Z',
  });
});

test('entries that cannot be used are counted, and the newest date stands in for one that is missing', () => {
  const vulnerabilities = [
    null,
    { cveID: '<script>' },
    { cveID: 'CVE-2024-1111', dateAdded: '2024-99-99' },
    { cveID: 'CVE-2024-2222', dateAdded: '2023-01-01', dueDate: 5 },
  ];
  const { items, asOf } = parse(JSON.stringify({ vulnerabilities }));
  assert.deepEqual(
    items.map((item) => (item.kind === 'left' ? [item.record, item.outcome] : item.kind)),
    [['entry 1', 'no usable id'], ['entry 2', 'no usable id'], ['CVE-2024-1111', 'no usable date'], 'mark'],
  );
  assert.equal(asOf, '2023-01-01T00:00:00.000Z');
});

test('what is no catalogue is refused', () => {
  const whole = kevCatalogue(['CVE-2024-12345']);
  for (const text of [
    '',
    '<html>',
    whole.slice(0, -5),
    '[]',
    'null',
    '5',
    '{}',
    '{"vulnerabilities":[]}',
    '{"vulnerabilities":{}}',
  ])
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof PlimsollError && error.code === 'bad-answer',
      text,
    );
});
