import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Report } from '../../base/model/report.ts';
import { arbitraryReport } from './arbitrary-report.ts';
import { clean, debianNode, empty, hostile, noData } from './reports.ts';

/**
 * Tests that every report gives a whole document, and the same report the same.
 * @param write Gives the document, and throws unless it is whole.
 */
export function testWholeDocuments(write: (report: Report) => unknown): void {
  for (const [name, report] of Object.entries({ debianNode, clean, noData, empty, hostile }))
    test(`${name} is whole`, () => void write(report));
  test('any report is whole', () => {
    fc.assert(
      fc.property(arbitraryReport, (report) => void write(report)),
      { numRuns: 300 },
    );
  });
  test('the same report gives the same document', () => {
    assert.deepEqual(write(debianNode), write(structuredClone(debianNode)));
  });
}
