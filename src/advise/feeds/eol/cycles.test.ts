import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { supportCycles } from '../../../../test/feeds/sample-feed.ts';
import { PlimsollError } from '../../../base/errors.ts';
import { parseCycles } from './cycles.ts';

const parse = (text: string) => parseCycles(Buffer.from(text), 'the test');

test('releases of operating systems become marks, other products are passed over', () => {
  assert.deepEqual(
    parse(supportCycles({ 'debian 11': ['2024-08-14', '2026-08-31'], 'photon 5.0': [], 'nodejs 20': ['2026-04-30'] })),
    {
      items: [
        { kind: 'mark', mark: { id: 'debian 11', fields: ['2024-08-14', '2026-08-31', 'Long Term Support'] } },
        { kind: 'mark', mark: { id: 'photon 5.0', fields: ['', '', ''] } },
      ],
      asOf: '2024-04-05T06:07:08.000Z',
    },
  );
});

test('releases that cannot be used are counted, each with why', () => {
  const releases = [
    null,
    { name: 'a\u001b[31m' },
    { name: '9', eolFrom: '2024-99-99' },
    { name: '8', eolFrom: 5 },
    { name: '7', isEol: true, eolFrom: null },
    { name: '6', isEol: true, eolFrom: '2016-02-29' },
  ];
  const { items, asOf } = parse(JSON.stringify({ result: [{ name: 'debian', labels: { eoes: '\u202e' }, releases }] }));
  assert.deepEqual(
    items.map((item) => (item.kind === 'left' ? `${item.record}: ${item.outcome}` : item.kind)),
    [
      'debian: no usable id',
      'debian: no usable id',
      'debian 9: no usable date',
      'debian 8: no usable date',
      'debian 7: ended on a day that is not said',
      'mark',
    ],
  );
  assert.equal(asOf, '1970-01-01T00:00:00.000Z');
});

test('what is not the list is refused', () => {
  const whole = supportCycles({ 'debian 11': ['2024-08-14'] });
  const many = Array.from({ length: 10_001 }, (_, n) => ({ name: String(n) }));
  for (const text of [
    '',
    '<html>',
    whole.slice(0, -5),
    '[]',
    'null',
    '{"result":{}}',
    '{"result":[]}',
    supportCycles({ 'nodejs 20': ['2026-04-30'] }),
    JSON.stringify({ result: [{ name: 'debian', releases: many }] }),
  ])
    assert.throws(
      () => parse(text),
      (error: unknown) => error instanceof PlimsollError && error.code === 'bad-answer',
      text.slice(0, 80),
    );
});

const real = new URL('../../../../../shared/feeds/eol/api/v1/products/full.json', import.meta.url);

test('the real list', { skip: existsSync(real) ? false : 'the real feeds are not there' }, () => {
  const { items, asOf } = parse(readFileSync(real, 'utf8'));
  const marks = new Map(
    items.flatMap((item) => (item.kind === 'mark' ? [[item.mark.id, item.mark.fields] as const] : [])),
  );
  assert.equal(asOf.slice(0, 10), '2026-08-22');
  assert.equal(items.length, marks.size);
  assert.deepEqual(marks.get('debian 11'), ['2024-08-14', '2026-08-31', 'Debian LTS']);
  assert.deepEqual(marks.get('rhel 7'), ['2024-06-30', '2029-05-31', 'Extended Life Cycle Support']);
  assert.deepEqual(marks.get('centos-stream 9'), ['2027-05-31', '', '']);
  assert.deepEqual(marks.get('photon 5.0'), ['', '', '']);
});
