import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Report } from '../../base/model/report.ts';
import { clean, deb, debianNode, empty, hostile, npm } from '../testdata/reports.ts';
import { testWholeDocuments } from '../testdata/whole-documents.ts';
import type { Annotation, ExtractedLicense, Relationship, SpdxDocument, SpdxPackage } from './document.ts';
import { writeSpdx } from './index.ts';

interface Document extends SpdxDocument {
  readonly packages: readonly SpdxPackage[];
  readonly hasExtractedLicensingInfos: readonly ExtractedLicense[];
  readonly relationships: readonly Relationship[];
  readonly annotations: readonly Annotation[];
}

/**
 * Writes, and checks what holds for every document: names that the format allows, each once, none that leads nowhere, no unknown
 * license. The official schema and validator are asked by test/sbom-validators.test.ts.
 */
function write(report: Report): Document {
  const document = JSON.parse([...writeSpdx(report)].join('')) as Document;
  const ids = [document.SPDXID, ...document.packages.map(({ SPDXID }) => SPDXID)];
  for (const id of ids) assert.match(id, /^SPDXRef-[A-Za-z0-9.-]+$/);
  const known = new Set<string>(ids);
  assert.equal(known.size, ids.length);
  for (const { spdxElementId, relatedSpdxElement } of document.relationships)
    assert.ok(known.has(spdxElementId) && known.has(relatedSpdxElement), `${spdxElementId} or ${relatedSpdxElement}`);
  const licenses = document.hasExtractedLicensingInfos.map(({ licenseId }) => licenseId);
  assert.equal(new Set(licenses).size, licenses.length);
  for (const { licenseDeclared } of document.packages)
    for (const reference of licenseDeclared.match(/LicenseRef-[A-Za-z0-9.-]+/g) ?? [])
      assert.ok(licenses.includes(reference), reference);
  assert.match(document.creationInfo.created, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  return document;
}

function packageOf(document: Document, name: string): SpdxPackage {
  const found = document.packages.find((item) => item.name === name);
  assert.ok(found, name);
  return found;
}

function related(document: Document, from: string, type: string): string[] {
  return document.relationships
    .filter(({ spdxElementId, relationshipType }) => spdxElementId === from && relationshipType === type)
    .map(({ relatedSpdxElement }) => document.packages.find(({ SPDXID }) => SPDXID === relatedSpdxElement)!.name);
}

testWholeDocuments(write);

test('the same report gives the same document; another time another namespace', () => {
  assert.deepEqual(write(debianNode), write(structuredClone(debianNode)));
  const later = write({ ...debianNode, created: '2026-11-25T09:30:00.000Z' });
  assert.notEqual(later.documentNamespace, write(debianNode).documentNamespace);
});

test('the document describes the image, which contains the system and all packages', () => {
  const document = write(debianNode);
  assert.deepEqual(related(document, 'SPDXRef-DOCUMENT', 'DESCRIBES'), ['registry.example/shop/app']);
  const contained = related(document, 'SPDXRef-Image', 'CONTAINS');
  assert.deepEqual(contained, ['debian', ...debianNode.packages.map(({ name }) => name)]);
  const image = packageOf(document, 'registry.example/shop/app');
  assert.deepEqual(
    [image.primaryPackagePurpose, image.versionInfo, image.checksums?.[0]],
    ['CONTAINER', debianNode.image.digest, { algorithm: 'SHA256', checksumValue: 'd4'.repeat(32) }],
  );
  assert.equal(packageOf(document, 'debian').primaryPackagePurpose, 'OPERATING_SYSTEM');
  assert.equal(packageOf(write(empty), 'dir:/srv/empty').primaryPackagePurpose, 'OTHER');
});

test('packages of a distribution come from source packages, each there once', () => {
  const document = write(debianNode);
  const sources = document.packages.filter(({ primaryPackagePurpose }) => primaryPackagePurpose === 'SOURCE');
  assert.deepEqual(sources.map(({ name }) => name).sort(), ['glibc', 'linux', 'openssl', 'util-linux', 'zlib']);
  const libc = packageOf(document, 'libc-bin');
  assert.deepEqual(related(document, libc.SPDXID, 'GENERATED_FROM'), ['glibc']);
  assert.equal(
    packageOf(document, 'glibc').externalRefs?.[0]?.referenceLocator,
    'pkg:deb/debian/glibc@2.31-13%2Bdeb11u2?arch=source&distro=debian-11',
  );
});

test('an OS package contains the language package that its files are', () => {
  const python = deb('python3-urllib3', '1.26.5-1');
  const document = write({ ...debianNode, packages: [...debianNode.packages, python] });
  assert.deepEqual(related(document, packageOf(document, 'python3-urllib3').SPDXID, 'CONTAINS'), ['urllib3']);
});

test('what scanning again needs is in annotations', () => {
  const document = write(debianNode);
  const [annotation] = packageOf(document, 'minimist').annotations!;
  assert.equal(annotation!.annotator, 'Tool: plimsoll-0.1.0');
  const facts = JSON.parse(annotation!.comment);
  assert.deepEqual([facts.state, facts.locations.length], ['installed', 2]);
  assert.deepEqual(facts.locations[0], debianNode.packages.find(({ name }) => name === 'minimist')!.locations[0]);
  const image = JSON.parse(packageOf(document, 'registry.example/shop/app').annotations![0]!.comment);
  assert.deepEqual([image.platform, image.layers.length], ['linux/arm64/v8', 3]);
  assert.match(document.annotations[0]!.comment, /^malformed srv\/app\/vendor\/old/);
});

test('licenses: expressions, words by reference, or nothing known', () => {
  const of = (...licenses: string[]) => {
    const document = write({ ...clean, packages: [npm('a', '1', { licenses })] });
    const { licenseDeclared, licenseComments } = packageOf(document, 'a');
    const texts = document.hasExtractedLicensingInfos.map(({ extractedText }) => extractedText);
    return [licenseDeclared.replace(/-[0-9a-f]{16}/g, '-#'), licenseComments !== undefined, texts];
  };
  assert.deepEqual(of('mit'), ['MIT', false, []]);
  assert.deepEqual(of(), ['NOASSERTION', false, []]);
  assert.deepEqual(of(' '), ['NOASSERTION', false, []]);
  assert.deepEqual(of('MIT License'), ['LicenseRef-MIT-License-#', false, ['MIT License']]);
  assert.deepEqual(of('MIT', 'ISC OR Zlib', 'Own'), ['MIT AND (ISC OR Zlib) AND LicenseRef-Own-#', true, ['Own']]);
  assert.deepEqual(of('LicenseRef-x OR MIT'), [
    'LicenseRef-x OR MIT',
    false,
    ['A package names LicenseRef-x. Its text is not known.'],
  ]);
});

test('only what is a purl is written as one', () => {
  const purlOf = (purl: string) =>
    packageOf(write({ ...clean, packages: [npm('a', '1', { purl })] }), 'a').externalRefs?.[0]?.referenceLocator;
  assert.equal(purlOf('pkg:npm/a@1'), 'pkg:npm/a@1');
  assert.equal(purlOf('pkg:npm/a b@1'), undefined);
  assert.equal(purlOf('https://example.org'), undefined);
});

test('nothing in the text steers a terminal', () => {
  const text = [...writeSpdx(hostile)].join('');
  assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
});

test('20,000 packages come in small chunks', () => {
  const item = npm('lodash', '4.17.15');
  let longest = 0;
  for (const chunk of writeSpdx({ ...clean, packages: Array(20_000).fill(item) }))
    longest = Math.max(longest, chunk.length);
  assert.ok(longest < 128 * 1024, `a chunk has ${longest} characters`);
});

test('the same package a thousand times has as many names', () => {
  assert.equal(write({ ...clean, packages: Array(1000).fill(npm('lodash', '4.17.15')) }).packages.length, 1002);
});
