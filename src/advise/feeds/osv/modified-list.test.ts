import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareModified, parseModifiedList } from './modified-list.ts';

const parse = (text: string) => parseModifiedList(Buffer.from(text));

test('a list of dates and ids', () => {
  const list = parse('2024-05-01T10:00:00Z,DSA-1-1\n2024-05-01T10:00:00.123456Z,ALSA-2024:2193\r\n');
  assert.deepEqual(
    [...list!],
    [
      ['DSA-1-1', '2024-05-01T10:00:00Z'],
      ['ALSA-2024:2193', '2024-05-01T10:00:00.123456Z'],
    ],
  );
});

test('what is cut off, or something else, is no list', () => {
  const bad = [
    '',
    '<html>\n',
    '2024-05-01T10:00:00Z,DSA-1-1',
    '2024-05-01T10:00:00Z,DSA-1-1\n2024-05',
    '2024-05-01T10:00:00Z,DSA-1-1\n\n',
    '2024-05-01T10:00:00Z,Debian:11 x\n',
    `2024-05-01T10:00:00Z,${'x'.repeat(1000)}\n`,
    `${'x'.repeat(10_000_000)}\n`,
  ];
  for (const text of bad) assert.equal(parse(text), undefined, text.slice(0, 60));
});

test('the same moment written otherwise is no change', () => {
  const listed = parse('2024-05-01T10:00:00.000Z,A\n2024-05-02T10:00:00Z,B\n2024-05-03T10:00:00Z,C\n')!;
  const known = new Map([
    ['A', '2024-05-01T10:00:00Z'],
    ['B', '2024-05-01T10:00:00Z'],
    ['D', ''],
  ]);
  assert.deepEqual(compareModified(listed, known), { changed: ['B', 'C'], vanished: ['D'] });
});
