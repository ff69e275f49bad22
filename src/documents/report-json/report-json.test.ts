import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Report } from '../../base/model/report.ts';
import { arbitraryReport } from '../testdata/arbitrary-report.ts';
import { clean, debianNode, empty, hostile, match, noData, npm } from '../testdata/reports.ts';
import { toReportJson, writeReportJson } from './index.ts';

const schema = JSON.parse(readFileSync(new URL('../../../docs/report.schema.json', import.meta.url), 'utf8'));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);

function write(report: Report): unknown {
  return JSON.parse([...writeReportJson(report)].join(''));
}

function assertValid(document: unknown): void {
  assert.ok(validate(document), JSON.stringify(validate.errors?.slice(0, 3)));
}

for (const [name, report] of Object.entries({ debianNode, clean, noData, empty, hostile })) {
  test(`${name}: the text is the object, and both hold to the schema`, () => {
    const document = write(report);
    assertValid(document);
    assert.deepEqual(document, JSON.parse(JSON.stringify(toReportJson(report))));
  });
}

test('any report holds to the schema', () => {
  fc.assert(
    fc.property(arbitraryReport, (report) => assertValid(write(report))),
    { numRuns: 300 },
  );
});

test('keys stand in the order that the contract names them', () => {
  const document = write(debianNode) as Record<string, unknown>;
  const order = 'schemaVersion tool created image packages matches findings problems actions verdict data unscanned';
  assert.deepEqual(Object.keys(document), order.split(' '));
});

test('what is not known is null, or not there', () => {
  const { image, matches } = toReportJson({ ...empty, matches: [match(npm('a', '1'), 'CVE-1')] });
  assert.deepEqual(
    { ...image },
    {
      reference: 'dir:/srv/empty',
      digest: null,
      configDigest: undefined,
      platform: null,
      os: null,
      contentSets: undefined,
      layers: [],
    },
  );
  assert.equal(matches[0]?.kev, null);
  assert.equal(matches[0]?.suppressed, undefined);
});

test('the schema refuses what is not in the contract', () => {
  const document = toReportJson(debianNode);
  for (const wrong of [
    { ...document, schemaVersion: 2 },
    { ...document, extra: 1 },
    { ...document, verdict: { pass: true, reasons: [] } },
    { ...document, image: { ...document.image, digest: 'sha256:short' } },
    { ...document, matches: [{ ...document.matches[0], severity: 'dire' }] },
    { ...document, packages: [{ ...document.packages[0], locations: [] }] },
    { ...document, data: { npm: { ...document.data.npm, asOf: 'yesterday' } } },
  ])
    assert.equal(validate(JSON.parse(JSON.stringify(wrong))), false);
});

test('a key such as __proto__ in the data is a key like any other', () => {
  const data = JSON.parse('{"__proto__": {"source": "s", "asOf": "a", "fetched": "f", "advisories": 1}}');
  const text = [...writeReportJson({ ...clean, data })].join('');
  assert.match(text, /"data": \{"__proto__":\{"source":"s"/);
});

test('nothing in the text steers a terminal', () => {
  const text = [...writeReportJson(hostile)].join('');
  assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  assert.deepEqual(JSON.parse(text).matches[0].id, 'CVE-2026-0001\u009b1m');
});

test('100,000 matches come in small chunks', () => {
  const one = match(npm('lodash', '4.17.15'), 'CVE-2021-23337', { severity: 'high', fixed: ['4.17.21'] });
  let longest = 0;
  let total = 0;
  for (const chunk of writeReportJson({ ...clean, matches: Array(100_000).fill(one) })) {
    longest = Math.max(longest, chunk.length);
    total += chunk.length;
  }
  assert.ok(longest < 128 * 1024, `a chunk has ${longest} characters`);
  assert.ok(total > 40_000_000);
});
