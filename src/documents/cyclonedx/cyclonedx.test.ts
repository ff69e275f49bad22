import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import type { Report } from '../../base/model/report.ts';
import { arbitraryReport } from '../testdata/arbitrary-report.ts';
import { clean, deb, debianNode, empty, hostile, match, noData, npm } from '../testdata/reports.ts';
import type { Bom, Component, Vulnerability } from './bom.ts';
import { BomRefs } from './bom-refs.ts';
import { writeCyclonedx, writeCyclonedx17 } from './index.ts';

const validate = compileSchema('1.6');

/** The official schema. Two of its formats need a package that is not worth having for a test: here, nothing with spaces. */
function compileSchema(version: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  ajv.addFormat('iri-reference', /^[^\s<>"{}|\\^`]*$/);
  ajv.addFormat('idn-email', /^[^\s@]+@[^\s@]+$/);
  const read = (name: string) =>
    JSON.parse(
      readFileSync(
        new URL(`../../../node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}`, import.meta.url),
        'utf8',
      ),
    );
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) {
    const schema = read(`${name}.SNAPSHOT.schema.json`);
    ajv.addSchema(schema, `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  }
  return ajv.compile(read(`bom-${version}.SNAPSHOT.schema.json`));
}

interface Document extends Omit<Bom, 'components' | 'vulnerabilities' | 'dependencies'> {
  readonly components: readonly Component[];
  readonly vulnerabilities: readonly Vulnerability[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** Writes, and checks what holds for every document: the schema, unique names, no dangling reference. */
function write(report: Report): Document {
  const written = JSON.parse([...writeCyclonedx(report)].join('')) as object;
  assert.ok(validate(written), JSON.stringify(validate.errors?.slice(0, 3)));
  const document = { vulnerabilities: [], ...written } as unknown as Document;
  const components = [document.metadata.component, ...document.components];
  const refs = [...components, ...document.vulnerabilities].map((element) => element['bom-ref']!);
  assert.equal(new Set(refs).size, refs.length);
  const known = new Set(components.map((component) => component['bom-ref']));
  const used = [
    ...document.vulnerabilities.flatMap(({ affects }) => affects.map(({ ref }) => ref)),
    ...document.dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]),
  ];
  for (const ref of used) assert.ok(known.has(ref), `${ref} leads nowhere`);
  return document;
}

function valuesOf(properties: readonly { name: string; value: string }[] | undefined, name: string): string[] {
  return (properties ?? []).filter((property) => property.name === `plimsoll:${name}`).map(({ value }) => value);
}

function componentOf(document: Document, name: string): Component {
  const found = document.components.find((component) => component.name === name);
  assert.ok(found, name);
  return found;
}

for (const [name, report] of Object.entries({ debianNode, clean, noData, empty, hostile }))
  test(`${name} is valid`, () => void write(report));

test('any report is valid', () => {
  fc.assert(
    fc.property(arbitraryReport, (report) => void write(report)),
    { numRuns: 300 },
  );
});

test('any report is valid in version 1.7', () => {
  const validate17 = compileSchema('1.7');
  fc.assert(
    fc.property(arbitraryReport, (report) => {
      assert.ok(
        validate17(JSON.parse([...writeCyclonedx17(report)].join(''))),
        JSON.stringify(validate17.errors?.slice(0, 3)),
      );
    }),
    { numRuns: 100 },
  );
});

test('the same report gives the same document; another time another serial number', () => {
  assert.deepEqual(write(debianNode), write(structuredClone(debianNode)));
  const later = write({ ...debianNode, created: '2026-11-25T09:30:00.000Z' });
  assert.notEqual(later.serialNumber, write(debianNode).serialNumber);
});

test('the serial number is the UUID that Python makes', () => {
  // python3 -c "import uuid; print(uuid.uuid5(uuid.NAMESPACE_URL, 'plimsoll:dir:/srv/empty:2026-11-24T09:30:00.000Z'))"
  assert.equal(write(empty).serialNumber, 'urn:uuid:3a777b82-4ee3-59c3-813e-85be37da0744');
});

test('the image is a container with a purl; a directory is none', () => {
  const { component } = write(debianNode).metadata;
  assert.equal(component.type, 'container');
  assert.equal(component.name, 'registry.example/shop/app');
  assert.equal(
    component.purl,
    `pkg:oci/app@sha256:${'d4'.repeat(32)}?arch=arm64&repository_url=registry.example/shop/app&tag=1.4`,
  );
  assert.deepEqual(valuesOf(component.properties, 'platform'), ['linux/arm64/v8']);
  assert.equal(valuesOf(component.properties, 'layer').length, 3);
  const directory = write(empty).metadata.component;
  assert.deepEqual([directory.type, directory.name, directory.purl], ['platform', 'dir:/srv/empty', undefined]);
});

test('components say what scanning them again needs', () => {
  const document = write(debianNode);
  const system = componentOf(document, 'debian');
  assert.deepEqual([system.type, system.version], ['operating-system', '11']);
  const libssl = componentOf(document, 'libssl1.1');
  assert.deepEqual(valuesOf(libssl.properties, 'source:name'), ['openssl']);
  assert.deepEqual(valuesOf(libssl.properties, 'release'), ['11']);
  const minimist = componentOf(document, 'minimist');
  assert.equal(valuesOf(minimist.properties, 'location').length, 2);
  assert.deepEqual(valuesOf(componentOf(document, 'requests').properties, 'state'), ['declared']);
  const babel = componentOf(document, 'traverse');
  assert.deepEqual([babel.group, valuesOf(babel.properties, 'development')], ['@babel', ['true']]);
});

test('licenses: an id, an expression alone, else names', () => {
  const of = (...licenses: string[]) =>
    write({ ...clean, packages: [npm('a', '1', { licenses })] }).components.find(({ name }) => name === 'a')?.licenses;
  assert.deepEqual(of('mit'), [{ license: { id: 'MIT' } }]);
  assert.deepEqual(of('(MIT OR Apache-2.0)'), [{ expression: '(MIT OR Apache-2.0)' }]);
  assert.deepEqual(of('MIT License'), [{ license: { name: 'MIT License' } }]);
  assert.deepEqual(of('MIT', 'ISC OR Zlib'), [{ license: { id: 'MIT' } }, { license: { name: 'ISC OR Zlib' } }]);
  assert.deepEqual(of('', ' '), undefined);
});

test('one entry for a vulnerability that is the same in several packages', () => {
  const found = write(debianNode).vulnerabilities.filter(({ id }) => id === 'CVE-2022-0778');
  assert.equal(found.length, 1);
  const [{ affects, ratings, advisories, recommendation, source }] = found as [Vulnerability];
  assert.deepEqual(affects.map(({ ref }) => ref.split('@')[0]).sort(), [
    'pkg:deb/debian/libssl1.1',
    'pkg:deb/debian/openssl',
  ]);
  assert.deepEqual(ratings, [
    {
      source: { name: 'osv' },
      score: 7.5,
      severity: 'high',
      method: 'CVSSv31',
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
    },
  ]);
  assert.deepEqual(advisories, [{ url: 'https://security-tracker.example.invalid/CVE-2022-0778' }]);
  assert.equal(recommendation, 'Raise openssl to 1.1.1n-0+deb11u1.');
  assert.equal(source.name, 'NVD');
});

test('where nothing was compared, nothing is said of vulnerabilities', () => {
  const keys = (report: Report) => Object.keys(JSON.parse([...writeCyclonedx(report)].join('')));
  assert.ok(!keys(noData).includes('vulnerabilities'));
  assert.ok(keys(clean).includes('vulnerabilities'));
});

test('several entries where the fix is another', () => {
  const two = [npm('a', '1.0.0'), npm('b', '1.0.0')];
  const matches = two.map((item) => match(item, 'CVE-2026-1000', { severity: 'low', fixed: [`${item.name}1`] }));
  const found = write({ ...clean, packages: two, matches }).vulnerabilities;
  assert.deepEqual(
    found.map((entry) => [entry['bom-ref'], entry.recommendation]),
    [
      ['vulnerability:CVE-2026-1000', 'Raise a to a1.'],
      ['vulnerability:CVE-2026-1000#2', 'Raise b to b1.'],
    ],
  );
});

test('suppressed ones say why, and claim no more than that', () => {
  const item = npm('a', '1.0.0');
  const why = 'Because.';
  const found = write({
    ...clean,
    packages: [item],
    matches: ['owned-by-os-package', 'no-executable-content', 'vex', 'ignore'].map((by) =>
      match(item, by, { more: { suppressed: { by, why } } }),
    ),
  }).vulnerabilities;
  assert.deepEqual(
    found.map(({ analysis, affects }) => [analysis, affects[0]?.versions?.[0]?.status]),
    [
      [{ state: 'false_positive', detail: why }, 'unknown'],
      [{ state: 'not_affected', justification: 'code_not_present', detail: why }, 'unaffected'],
      [{ state: 'not_affected', detail: why }, 'unaffected'],
      [{ detail: why }, 'affected'],
    ],
  );
});

test('ratings of every kind', () => {
  const item = deb('a', '1');
  const cvss = [
    { version: '4.0', vector: 'V4', score: 9.3 },
    { version: '3.0', vector: 'V3', score: 8.1 },
    { version: '2.0', vector: 'V2', score: 5 },
  ];
  const of = (more: Parameters<typeof match>[2]) =>
    write({ ...clean, packages: [item], matches: [match(item, 'X', more)] }).vulnerabilities[0]?.ratings;
  const word = { rating: { type: 'Ubuntu', score: 'negligible', source: 'osv' } };
  assert.deepEqual(of({ severity: 'negligible', more: word }), [
    { source: { name: 'Ubuntu' }, severity: 'info', method: 'other' },
  ]);
  assert.deepEqual(of({}), [{ severity: 'unknown', method: 'other' }]);
  assert.deepEqual(
    of({ severity: 'low', more: { ...word, cvss } })?.map(({ method, severity }) => [method, severity]),
    [
      ['other', 'low'],
      ['CVSSv4', undefined],
      ['CVSSv3', undefined],
      ['CVSSv2', undefined],
    ],
  );
});

test('known exploitation, its likelihood, data and problems are in properties', () => {
  const document = write(debianNode);
  const glibc = document.vulnerabilities.find(({ id }) => id === 'CVE-2023-4911');
  assert.deepEqual(valuesOf(glibc?.properties, 'kev:ransomware'), ['true']);
  assert.deepEqual(valuesOf(glibc?.properties, 'epss:score'), ['0.71']);
  assert.equal(valuesOf(document.metadata.properties, 'data').length, 6);
  assert.match(valuesOf(document.metadata.properties, 'problem')[0]!, /^malformed srv\/app\/vendor\/old/);
  assert.equal(document.compositions[0]?.aggregate, 'incomplete');
  assert.equal(write(clean).compositions[0]?.aggregate, 'unknown');
});

test('a version longer than the format takes is left to the purl', () => {
  const item = npm('a', '9'.repeat(2000));
  const document = write({ ...clean, packages: [item], matches: [match(item, 'X')] });
  assert.equal(componentOf(document, 'a').version, undefined);
  assert.deepEqual(document.vulnerabilities[0]?.affects, [{ ref: item.purl }]);
});

test('100,000 matches come in small chunks', () => {
  const item = npm('lodash', '4.17.15');
  const matches = Array.from({ length: 100_000 }, (_, index) => match(item, `CVE-2021-${10_000 + index}`));
  let longest = 0;
  for (const chunk of writeCyclonedx({ ...clean, packages: [item], matches }))
    longest = Math.max(longest, chunk.length);
  assert.ok(longest < 128 * 1024, `a chunk has ${longest} characters`);
});

test('the same purl a thousand times has as many names, and a hundred thousand cost little', () => {
  const item = npm('lodash', '4.17.15');
  assert.equal(write({ ...clean, packages: Array(1000).fill(item) }).components.length, 1001);
  const refs = new BomRefs();
  for (let count = 0; count < 100_000; count++) refs.take('a');
  assert.deepEqual([refs.take('a'), refs.take('a#7'), refs.take('')], ['a#100001', 'a#7#2', 'ref:']);
});
