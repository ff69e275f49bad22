import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../base/model/report.ts';
import { clean, deb, debianNode, hostile, npm } from '../testdata/reports.ts';
import { testWholeDocuments } from '../testdata/whole-documents.ts';
import type { GraphEntry, Relationship, SoftwarePackage } from './elements.ts';
import { writeSpdx3 } from './index.ts';

/**
 * Writes, and checks what holds for every document: each name once, none that leads nowhere. The official model is asked by
 * test/sbom-validators.test.ts.
 */
function write(report: Report): readonly GraphEntry[] {
  const document = JSON.parse([...writeSpdx3(report)].join(''));
  assert.equal(document['@context'], 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld');
  const graph = document['@graph'] as readonly GraphEntry[];
  const ids = graph.flatMap((entry) => ('spdxId' in entry ? entry.spdxId : []));
  const known = new Set(ids);
  assert.equal(known.size, ids.length);
  for (const id of ids) assert.match(id, /^https:\/\/spdx\.org\/spdxdocs\/plimsoll-[0-9a-f-]{36}#[A-Za-z0-9.-]+$/);
  for (const id of graph.flatMap(namesIn)) assert.ok(known.has(id), `${id} leads nowhere`);
  return graph;
}

/** The names of other elements in an element. */
function namesIn(entry: GraphEntry): readonly string[] {
  if (entry.type === 'CreationInfo') return [...entry.createdBy, ...entry.createdUsing];
  if (entry.type === 'Relationship') return [entry.from, ...entry.to];
  if (entry.type === 'Annotation') return [entry.subject];
  if (entry.type === 'SpdxDocument') return [entry.dataLicense, ...entry.rootElement];
  if (entry.type === 'software_Sbom') return entry.rootElement;
  if (entry.type === 'software_Package') return entry.suppliedBy === undefined ? [] : [entry.suppliedBy];
  if (entry.type === 'simplelicensing_LicenseExpression')
    return (entry.simplelicensing_customIdToUri ?? []).map(({ value }) => value);
  return [];
}

function allOf<T extends GraphEntry['type']>(graph: readonly GraphEntry[], type: T) {
  return graph.filter((entry): entry is GraphEntry & { type: T } => entry.type === type);
}

function packageOf(graph: readonly GraphEntry[], name: string): SoftwarePackage {
  const found = allOf(graph, 'software_Package').find((item) => item.name === name);
  assert.ok(found, name);
  return found;
}

function related(graph: readonly GraphEntry[], from: string, type: Relationship['relationshipType']): string[] {
  const to = allOf(graph, 'Relationship').filter((item) => item.from === from && item.relationshipType === type);
  const ids = new Set(to.flatMap((item) => item.to));
  return allOf(graph, 'software_Package').flatMap(({ spdxId, name }) => (ids.has(spdxId) ? name : []));
}

testWholeDocuments(write);

test('the image contains the system and all packages, as far as it was read', () => {
  const graph = write(debianNode);
  const image = packageOf(graph, 'registry.example/shop/app');
  assert.deepEqual(allOf(graph, 'software_Sbom')[0]?.rootElement, [image.spdxId]);
  assert.deepEqual(image.verifiedUsing, [{ type: 'Hash', algorithm: 'sha256', hashValue: 'd4'.repeat(32) }]);
  const contained = related(graph, image.spdxId, 'contains');
  assert.deepEqual(contained, ['debian', ...debianNode.packages.map(({ name }) => name)]);
  const completeness = (entries: readonly GraphEntry[]) =>
    allOf(entries, 'Relationship').find(({ relationshipType }) => relationshipType === 'contains')?.completeness;
  assert.deepEqual([completeness(graph), completeness(write(clean))], ['incomplete', 'noAssertion']);
});

test('source packages generate packages, and OS packages contain language packages', () => {
  const packages = [...debianNode.packages, deb('python3-urllib3', '1.26.5-1')];
  const graph = write({ ...debianNode, packages });
  const glibc = packageOf(graph, 'glibc');
  assert.deepEqual(related(graph, glibc.spdxId, 'generates'), ['libc-bin', 'libc6']);
  assert.equal(glibc.software_primaryPurpose, 'source');
  assert.deepEqual(related(graph, packageOf(graph, 'python3-urllib3').spdxId, 'contains'), ['urllib3']);
});

test('suppliers and licenses are there once, however many packages have them', () => {
  const graph = write(debianNode);
  const [supplier, ...others] = allOf(graph, 'Organization');
  assert.deepEqual([supplier?.name, others], ['Debian Developers', []]);
  assert.equal(packageOf(graph, 'libc6').suppliedBy, supplier?.spdxId);
  const expressions = allOf(graph, 'simplelicensing_LicenseExpression').map((entry) =>
    entry.simplelicensing_licenseExpression.replace(/-[0-9a-f]{16}$/, ''),
  );
  assert.deepEqual(expressions.sort(), [
    '(MIT OR Apache-2.0)',
    'CC0-1.0',
    'ISC',
    'MIT',
    'MIT AND LicenseRef-License-OSI-Approved',
  ]);
  const [text] = allOf(graph, 'simplelicensing_SimpleLicensingText');
  assert.equal(text?.simplelicensing_licenseText, 'License :: OSI Approved');
});

test('facts and problems are annotations', () => {
  const annotations = allOf(write(debianNode), 'Annotation');
  const facts = annotations.filter(({ contentType }) => contentType === 'application/json');
  assert.equal(facts.length, debianNode.packages.length + 2);
  for (const { statement } of facts) JSON.parse(statement);
  assert.match(annotations.at(-1)!.statement, /^unknown-version srv\/app\/node_modules\/weird/);
});

test('nothing in the text steers a terminal', () => {
  const text = [...writeSpdx3(hostile)].join('');
  assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
});

test('20,000 packages come in small chunks', () => {
  let longest = 0;
  for (const chunk of writeSpdx3({ ...clean, packages: Array(20_000).fill(npm('lodash', '4.17.15')) }))
    longest = Math.max(longest, chunk.length);
  assert.ok(longest < 192 * 1024, `a chunk has ${longest} characters`);
});
