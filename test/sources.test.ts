// One real image, whichever way it comes in: the same packages, the same matches, and what dpkg says of itself.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { MatchJson, PackageJson, ProblemJson, ReportJson } from '../src/documents/report-json/report-json.ts';
import { skipWithoutContainerd, startRealContainerd } from './engines/real-containerd.ts';
import { skipWithoutPodman, startRealPodman } from './engines/real-podman.ts';
import { osvExport, osvRecord, writeFiles } from './feeds/sample-feed.ts';
import { assertHarmless } from './harmless-text.ts';
import { findMadeImage, type MadeImage, referenceTo, skipUnlessMade } from './images/made-images.ts';
import { missingTools, startRealRegistry } from './registry/real-registry.ts';
import { runPlimsoll } from './run-plimsoll.ts';
import { assertValid, compileCyclonedxSchema, compileReportSchema } from './schemas.ts';

const name = 'debian11-node';
const realFeeds = resolve(import.meta.dirname, '../../shared/feeds');
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-sources-'));
const home = join(folder, 'home');
after(() => rmSync(folder, { recursive: true }));

describe('a Debian 11 image with a Node.js application', { skip: skipUnlessMade(name) }, () => {
  let first: ReportJson;
  before(async () => {
    mkdirSync(home);
    const run = await runPlimsoll(['db', 'update', '--from', feedsHere(), 'Debian', 'npm', 'PyPI'], { home });
    assert.equal(run.status, 0, run.stderr);
    first = await scan(referenceTo(image(), 'oci'));
  });

  test('has matches of each ecosystem, and holds to the schema', () => {
    assertValid(compileReportSchema(), first);
    for (const type of ['deb', 'npm', 'pypi'])
      assert.ok(
        first.matches.some((match) => match.package.purl.startsWith(`pkg:${type}/`)),
        type,
      );
    assert.deepEqual(first.unscanned, []);
    assert.ok(first.problems.every(({ code }) => code === 'unknown-version'));
  });

  for (const form of ['oci-gzip', 'oci-archive', 'docker-archive', 'docker-archive-25', 'root'])
    test(`is the same from ${form}`, async () => assertSame(await scan(referenceTo(image(), form))));

  const missing = missingTools();
  test('is the same from a registry', { skip: missing.length > 0 && `not installed: ${missing}` }, async () => {
    await using registry = await startRealRegistry();
    await registry.push(`oci:${join(image().directory, 'oci')}:latest`, `team/${name}:1.0`, '--preserve-digests');
    const report = await scan(`registry:${registry.host}/team/${name}:1.0`);
    assert.equal(report.image.digest, first.image.digest);
    assertSame(report);
  });

  test('is the same from Podman', { skip: skipWithoutPodman() }, async () => {
    await using podman = await startRealPodman();
    await podman.load(`oci:${join(image().directory, 'oci')}:latest`, `localhost/${name}:1`);
    const report = await scan(`podman:${name}:1`, { env: { CONTAINER_HOST: `unix://${podman.socket}` } });
    assert.equal(report.image.configDigest, first.image.configDigest);
    assertSame(report);
  });

  test('is the same from containerd', { skip: skipWithoutContainerd() }, async () => {
    await using containerd = await startRealContainerd();
    await containerd.load(join(image().directory, 'oci-archive.tar'), `example.org/${name}`);
    const env = { PLIMSOLL_CONTAINERD_ROOT: containerd.root };
    const report = await scan(`containerd:example.org/${name}:latest`, { env });
    assert.equal(report.image.configDigest, first.image.configDigest);
    assertSame(report);
  });

  test('is the same from what is remembered, and by a path alone', async () => {
    const archive = join(image().directory, 'docker-archive-25.tar');
    for (const reference of [archive, archive, join(image().directory, 'oci-gzip')])
      assertSame(await scan(reference, { cache: true }));
  });

  test('has the packages that dpkg lists as installed', () => {
    const found = first.packages.filter(({ type }) => type === 'deb');
    const rows = found.map(({ name, version, architecture, source }) =>
      [name, version, architecture, source?.name ?? name, source?.version ?? version].join('\t'),
    );
    assert.deepEqual(rows.sort(), dpkgRows().sort());
    assert.ok(found.every(({ state }) => state === 'installed'));
  });

  test('has a bill of materials of CycloneDX 1.6 with the same packages, and a harmless table', async () => {
    const path = join(folder, 'bom.json');
    const args = ['scan', referenceTo(image(), 'oci'), '--offline', '-o', 'table', '-o', `cyclonedx=${path}`];
    const { status, stdout } = await runPlimsoll(args, { home });
    assert.equal(status, 0);
    assertHarmless(stdout);
    const bom = JSON.parse(readFileSync(path, 'utf8')) as { components: { purl?: string }[] };
    assertValid(compileCyclonedxSchema(), bom);
    const purls = new Set(bom.components.map(({ purl }) => purl));
    for (const { purl } of first.packages) assert.ok(purls.has(purl), purl);
  });

  function assertSame(report: ReportJson): void {
    assert.deepEqual(report.packages.map(withoutLayers), first.packages.map(withoutLayers));
    assert.deepEqual(report.matches.map(matchWithoutLayers), first.matches.map(matchWithoutLayers));
    assert.deepEqual(report.problems.map(problemWithoutLayer), first.problems.map(problemWithoutLayer));
    assert.deepEqual([report.unscanned, report.verdict], [[], first.verdict]);
  }
});

function image(): MadeImage {
  return findMadeImage(name)!;
}

/** The real feeds if they are there, else advisories of three packages that the image is known to hold. */
function feedsHere(): string {
  if (existsSync(join(realFeeds, 'osv/ecosystems.txt'))) return realFeeds;
  const feeds = join(folder, 'feeds');
  writeFiles(feeds, {
    'osv/Debian/all.zip': osvExport([osvRecord('DSA-1-1', { 'Debian:11/openssl': '9' })]),
    'osv/npm/all.zip': osvExport([osvRecord('GHSA-1', { 'npm/lodash': '9.0.0' })]),
    'osv/PyPI/all.zip': osvExport([osvRecord('PYSEC-1', { 'PyPI/requests': '9' })]),
  });
  return feeds;
}

async function scan(reference: string, { cache = false, env = {} } = {}): Promise<ReportJson> {
  const args = ['scan', reference, '--offline', '--quiet', '--require-data', '-o', 'json'];
  const { status, stdout, stderr } = await runPlimsoll(cache ? args : [...args, '--no-cache'], { home, env });
  assert.deepEqual([status, stderr], [0, ''], reference);
  return JSON.parse(stdout) as ReportJson;
}

/** A directory has no layers, so all that may differ between sources is in which one a file lies. */
function withoutLayers<T extends Pick<PackageJson, 'locations'>>(item: T): T {
  return { ...item, locations: item.locations.map(({ path }) => ({ path, layer: null })) };
}

function matchWithoutLayers(match: MatchJson): MatchJson {
  return { ...match, package: withoutLayers(match.package) };
}

function problemWithoutLayer({ where, ...problem }: ProblemJson): object {
  return { ...problem, path: where.path };
}

/** Name, version, architecture, source and its version of the packages whose files are there. */
function dpkgRows(): string[] {
  const rows = readFileSync(join(image().directory, 'dpkg-query.tsv'), 'utf8').trimEnd().split('\n');
  return rows
    .map((row) => row.split('\t'))
    .filter(([, , , status]) => status === 'ii ')
    .map(([name, version, architecture, , ...source]) => [name, version, architecture, ...source].join('\t'));
}
