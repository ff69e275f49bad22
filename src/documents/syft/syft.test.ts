import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Package } from '../../base/model/package.ts';
import type { Report } from '../../base/model/report.ts';
import { clean, deb, debianNode, empty, hostile, npm } from '../testdata/reports.ts';
import { testWholeDocuments } from '../testdata/whole-documents.ts';
import type { Artifact, Relationship, SyftDocument, SyftFile } from './document.ts';
import { writeSyft } from './index.ts';

interface Document extends SyftDocument {
  readonly artifacts: readonly Artifact[];
  readonly artifactRelationships: readonly Relationship[];
  readonly files: readonly SyftFile[];
}

/** Writes, and checks what holds for every document. Syft's own schema is asked by test/sbom-validators.test.ts. */
function write(report: Report): Document {
  const document = JSON.parse([...writeSyft(report)].join('')) as Document;
  assert.equal(Object.keys(document).at(-1), 'schema');
  const ids = [document.source.id, ...document.artifacts.map(({ id }) => id)];
  const known = new Set(ids);
  assert.equal(known.size, ids.length);
  for (const { parent, child } of document.artifactRelationships)
    assert.ok(known.has(parent) && known.has(child), `${parent} or ${child} leads nowhere`);
  for (const { locations } of document.artifacts) for (const { path } of locations) assert.equal(path[0], '/');
  return document;
}

function artifactOf(item: Package): Artifact {
  return write({ ...clean, packages: [item] }).artifacts[0]!;
}

testWholeDocuments(write);

test('the source is an image or a directory', () => {
  const { source, distro } = write(debianNode);
  assert.deepEqual([source.type, source.name], ['image', 'registry.example/shop/app']);
  const metadata = source.metadata as Record<string, unknown>;
  assert.deepEqual(metadata.tags, ['registry.example/shop/app:1.4']);
  assert.equal((metadata.layers as unknown[]).length, 3);
  assert.deepEqual([distro.id, distro.versionID], ['debian', '11']);
  const directory = write(empty);
  assert.deepEqual([directory.source.type, directory.source.metadata], ['directory', { path: '/srv/empty' }]);
  assert.deepEqual(directory.distro, {});
});

test('a package has the names that Syft gives its type and language', () => {
  const types = (item: Package) => {
    const { type, language, metadataType } = artifactOf(item);
    return [type, language, metadataType];
  };
  assert.deepEqual(types(deb('a', '1')), ['deb', '', 'dpkg-db-entry']);
  assert.deepEqual(types(npm('a', '1')), ['npm', 'javascript', undefined]);
  assert.deepEqual(types(npm('a', '1', { type: 'pypi' })), ['python', 'python', undefined]);
  assert.deepEqual(types(npm('a', '1', { type: '__proto__' })), ['UnknownPackage', '', undefined]);
});

test('source packages are where Grype looks for them', () => {
  const metadata = (item: Package) => artifactOf(item).metadata as Record<string, unknown>;
  const libssl = metadata(deb('libssl1.1', '1.1', { name: 'openssl', version: '1.1' }));
  assert.deepEqual([libssl.source, libssl.sourceVersion], ['openssl', '']);
  const rebuilt = metadata(deb('a', '1+b1', { name: 'a', version: '1' }));
  assert.deepEqual([rebuilt.source, rebuilt.sourceVersion], ['', '1']);
  const apk = metadata({ ...deb('libcrypto3', '3.1', { name: 'openssl', version: '3.1' }), type: 'apk' });
  assert.equal(apk.originPackage, 'openssl');
  const rpm = metadata({
    ...deb('glibc-common', '1:2.34-60.el9', { name: 'glibc', version: '1:2.34-60.el9' }),
    type: 'rpm',
  });
  assert.deepEqual(
    [rpm.epoch, rpm.version, rpm.release, rpm.sourceRpm],
    [1, '2.34', '60.el9', 'glibc-2.34-60.el9.src.rpm'],
  );
});

test('a Java package is its artifact, with the group beside it', () => {
  const item = npm('org.example:core', '1.0', { type: 'maven', purl: 'pkg:maven/org.example/core@1.0' });
  const { name, metadata } = artifactOf(item);
  assert.equal(name, 'core');
  const { groupId, artifactId } = (metadata as { pomProperties: Record<string, string> }).pomProperties;
  assert.deepEqual([groupId, artifactId], ['org.example', 'core']);
});

test('an OS package owns the language package that its files are', () => {
  const python = deb('python3-urllib3', '1.26.5-1');
  const { artifacts, artifactRelationships } = write({ ...debianNode, packages: [...debianNode.packages, python] });
  const nameOf = new Map(artifacts.map(({ id, name }) => [id, name]));
  const owned = artifactRelationships.filter(({ type }) => type === 'ownership-by-file-overlap');
  assert.deepEqual(
    owned.map(({ parent, child }) => [nameOf.get(parent), nameOf.get(child)]),
    [['python3-urllib3', 'urllib3']],
  );
});

test('licenses keep their words beside the expression; places say the state', () => {
  const { licenses, locations } = artifactOf(npm('a', '1', { licenses: ['mit', 'Own words', ' '] }));
  assert.deepEqual(
    licenses.map(({ value, spdxExpression }) => [value, spdxExpression]),
    [
      ['mit', 'MIT'],
      ['Own words', ''],
    ],
  );
  assert.equal(locations[0]?.annotations['plimsoll:state'], 'installed');
});

test('files that were not read say why', () => {
  const { files } = write(debianNode);
  assert.equal(files[0]?.location.path, '/srv/app/vendor/old/package-lock.json');
  assert.deepEqual(files[0]?.unknowns, ['malformed: The lock file is no JSON: its packages are not listed.']);
});

test('nothing in the text steers a terminal', () => {
  const text = [...writeSyft(hostile)].join('');
  assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
});

test('20,000 packages come in small chunks', () => {
  let longest = 0;
  for (const chunk of writeSyft({ ...clean, packages: Array(20_000).fill(npm('lodash', '4.17.15')) }))
    longest = Math.max(longest, chunk.length);
  assert.ok(longest < 128 * 1024, `a chunk has ${longest} characters`);
});
