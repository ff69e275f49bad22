import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PredictionBuilder, PredictionTable } from './prediction-table.ts';
import { writeTable } from './table-writer.ts';

function withFile(work: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-predictions-'));
  try {
    work(join(folder, 'table'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('predictions are found as they were said, to nine digits', () =>
  withFile((path) => {
    const builder = new PredictionBuilder();
    const told = {
      'CVE-1999-0001': { score: 0.03351, percentile: 0.8765 },
      'CVE-2024-12345': { score: 0.000000001, percentile: 1 },
      'CVE-2024-0002': { score: 0, percentile: 0.5 },
      'CVE-2024-999999999': { score: 1, percentile: 0.123456789 },
    };
    for (const [id, prediction] of Object.entries(told)) assert.equal(builder.add(id, prediction), undefined);
    builder.write(path, 'epss');
    using table = PredictionTable.open(path);
    const asked = [
      ...Object.keys(told),
      'CVE-2024-0001',
      'CVE-2025-0001',
      'GHSA-1',
      'CVE-2024-00002',
      'CVE-2024-x',
      '',
    ];
    assert.deepEqual(Object.fromEntries(table.get(asked)), told);
    assert.deepEqual(
      [...table.entries()].map(({ id }) => id),
      ['CVE-1999-0001', 'CVE-2024-0002', 'CVE-2024-12345', 'CVE-2024-999999999'],
    );
  }));

test('what has no usual id, or comes twice, is not taken', () => {
  const builder = new PredictionBuilder();
  const prediction = { score: 0.5, percentile: 0.5 };
  assert.equal(builder.add('CVE-2024-0001', prediction), undefined);
  assert.equal(builder.add('CVE-2024-0001', prediction), 'duplicate id');
  for (const id of [
    'CVE-2024-00001',
    'CVE-2024-1',
    'CVE-2024-1234567890',
    'cve-2024-0001',
    'CVE-20240001',
    'CVE-2024-12e4',
  ])
    assert.equal(builder.add(id, prediction), 'no usable id', id);
  assert.equal(builder.count, 1);
});

/** Rows of number, score and percentile. */
function rows(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length);
  numbers.forEach((number, place) => {
    bytes.writeUInt32LE(number, 4 * place);
  });
  return bytes;
}

for (const [what, value] of [
  ['half a row', rows(1, 2, 3).subarray(0, 7)],
  ['numbers that descend', rows(2, 0, 0, 1, 0, 0)],
  ['a number that comes twice', rows(1, 0, 0, 1, 0, 0)],
  ['a share above 1', rows(1, 1_000_000_001, 0)],
] as const)
  test(`${what} is damage`, () =>
    withFile((path) => {
      writeTable(path, { kind: 'predictions' }, [{ key: 'CVE-2024', value }], { uncompressed: true });
      using table = PredictionTable.open(path);
      assert.throws(() => [...table.entries()], { code: 'data-damaged' });
    }));

test('a table of another kind is refused', () =>
  withFile((path) => {
    writeTable(path, { kind: 'marks' }, []);
    assert.throws(() => PredictionTable.open(path), { code: 'data-damaged' });
  }));
