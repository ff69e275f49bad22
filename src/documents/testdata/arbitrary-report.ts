// Any report that the types allow: texts of every kind, packages named by matches, layers or none.
import fc from 'fast-check';
import type { Digest } from '../../base/model/image.ts';
import type { Match } from '../../base/model/match.ts';
import type { Package } from '../../base/model/package.ts';
import type { ProblemCode } from '../../base/model/problem.ts';
import type { Report } from '../../base/model/report.ts';

const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('__proto__', 'constructor', '\u001b[31m', '\ud800', '\u202eabc', '漢字', 'e\u0301', 'urn:cdx:a', ''),
);
const word = fc.string({ minLength: 1, maxLength: 12 });
const digest = fc
  .string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })
  .map((hex): Digest => `sha256:${hex}`);
const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((value) => value.toISOString());
const optional = { requiredKeys: [] };

/** A record whose named keys are always there and whose others may be missing. */
function record<T extends object, O extends object>(
  required: { [K in keyof T]: fc.Arbitrary<T[K]> },
  perhaps: { [K in keyof O]: fc.Arbitrary<O[K]> },
): fc.Arbitrary<T & Partial<O>> {
  return fc
    .tuple(fc.record(required), fc.record(perhaps, optional))
    .map(([all, some]) => ({ ...all, ...some }) as unknown as T & Partial<O>);
}

const severity = fc.constantFrom('critical', 'high', 'medium', 'low', 'negligible', 'unknown');
const location = record({ path: text }, { layer: digest });
const locations = fc.array(location, { minLength: 1, maxLength: 3 });
const licenses = fc.array(
  fc.oneof(text, fc.constantFrom('MIT', 'apache-2.0', 'MIT OR ISC', 'GPL-2.0+ WITH Classpath-exception-2.0', '(MIT')),
  { maxLength: 3 },
);

const someProblem = fc.record({
  kind: fc.constant('problem' as const),
  where: record({ path: text }, { layer: digest, offset: fc.nat(), unit: fc.constantFrom('byte', 'line') }),
  code: fc.constantFrom<ProblemCode>('truncated', 'malformed', 'incomplete', 'unknown-version'),
  message: text,
});

const somePackage: fc.Arbitrary<Package> = record(
  {
    purl: fc.oneof(
      text,
      word.map((name) => `pkg:npm/${encodeURIComponent(name)}@1`),
    ),
    ecosystem: fc.constantFrom('Debian', 'npm', 'PyPI', 'other'),
    type: fc.constantFrom('deb', 'npm', 'pypi', 'generic'),
    name: fc.oneof(
      text,
      word.map((name) => `@scope/${name}`),
    ),
    version: fc.oneof(text, fc.string({ minLength: 1000, maxLength: 1100 })),
    state: fc.constantFrom('installed', 'declared'),
    locations,
  },
  {
    release: text,
    source: fc.record({ name: text, version: text }),
    architecture: text,
    licenses,
    maintainer: text,
    origin: text,
    development: fc.boolean(),
    repository: text,
    ownedBy: text,
  },
);

const reason = fc.record({
  feed: text,
  advisory: text,
  shard: fc.constantFrom('Debian:11', 'npm', '__proto__'),
  name: text,
  version: text,
  range: text,
  how: fc.constantFrom('range', 'version-list', 'not-comparable'),
});
const cvss = fc.record({
  version: fc.constantFrom('2.0', '3.0', '3.1', '4.0', '5.0'),
  vector: text,
  score: fc.double({ min: 0, max: 10, noNaN: true }),
});
const share = fc.double({ min: 0, max: 1, noNaN: true });

function someMatch(packages: readonly Package[]): fc.Arbitrary<Match> {
  return record(
    {
      id: fc.oneof(
        text,
        fc.nat(20).map((n) => `CVE-2026-${1000 + n}`),
      ),
      aliases: fc.array(text, { maxLength: 3 }),
      severity,
      cvss: fc.array(cvss, { maxLength: 2 }),
      references: fc.array(fc.oneof(text, fc.webUrl()), { maxLength: 3 }),
      package: fc
        .constantFrom(...packages)
        .map(({ purl, name, version, locations: places }) => ({ purl, name, version, locations: places })),
      fixedVersions: fc.array(text, { maxLength: 3 }),
      state: fc.constantFrom('fixed', 'not-fixed', 'will-not-fix', 'deferred', 'end-of-life', 'unknown'),
      reason,
      otherReasons: fc.array(reason, { maxLength: 2 }),
    },
    {
      rating: fc.record({ type: text, score: text, source: text }),
      kev: record({ dateAdded: text, ransomware: fc.boolean() }, { dueDate: text }),
      epss: fc.record({ score: share, percentile: share }),
      summary: text,
      suppressed: fc.record({
        by: fc.oneof(text, fc.constantFrom('vex', 'ignore', 'owned-by-os-package', 'no-executable-content')),
        why: text,
      }),
    },
  ) as fc.Arbitrary<Match>;
}

const day = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const support = record(
  { state: fc.constantFrom('supported', 'extended', 'ended', 'rolling', 'unknown') },
  { eol: day, extended: record({ eol: day }, { name: text }), source: fc.constantFrom('os-release', 'endoflife.date') },
);

const image: fc.Arbitrary<Report['image']> = record(
  { reference: text, layers: fc.array(record({ diffId: digest }, { createdBy: text }), { maxLength: 3 }) },
  {
    digest,
    configDigest: digest,
    platform: record({ os: word, architecture: word }, { variant: word }),
    support,
    contentSets: fc.array(text, { maxLength: 2 }),
    os: record(
      { id: text, idLike: fc.array(text, { maxLength: 2 }), path: text },
      { versionId: text, codename: text, name: text },
    ),
  },
) as fc.Arbitrary<Report['image']>;

/** Any report; each purl stands in `packages` once. */
export const arbitraryReport: fc.Arbitrary<Report> = fc
  .uniqueArray(somePackage, { maxLength: 6, selector: ({ purl }) => purl })
  .chain((packages) =>
    fc.record({
      image,
      packages: fc.constant(packages),
      matches: packages.length === 0 ? fc.constant([]) : fc.array(someMatch(packages), { maxLength: 8 }),
      findings: fc.array(
        fc.record({
          kind: fc.constant('finding' as const),
          rule: text,
          severity,
          title: text,
          evidence: fc.array(record({ text }, { path: text }), { maxLength: 2 }),
          fix: text,
        }),
        { maxLength: 2 },
      ),
      problems: fc.array(someProblem, { maxLength: 3 }),
      actions: fc.array(
        fc.record({
          title: text,
          clears: fc.array(text, { maxLength: 2 }),
          packages: fc.array(text, { maxLength: 2 }),
        }),
        { maxLength: 2 },
      ),
      verdict: fc.record({ pass: fc.boolean(), reasons: fc.array(text, { minLength: 1, maxLength: 2 }) }),
      data: fc.dictionary(
        fc.oneof(fc.constantFrom('npm', 'Debian:11', 'kev'), text),
        fc.record({ source: text, asOf: date, fetched: date, advisories: fc.nat() }),
        { maxKeys: 3 },
      ),
      unscanned: fc.array(fc.record({ reason: text, packages: fc.integer({ min: 1, max: 9 }) }), { maxLength: 2 }),
      created: date,
      tool: fc.constant({ name: 'plimsoll' as const, version: '0.1.0' }),
    }),
  ) as fc.Arbitrary<Report>;
