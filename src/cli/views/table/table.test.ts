import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { Report } from '../../../base/model/report.ts';
import { arbitraryReport } from '../../../documents/testdata/arbitrary-report.ts';
import { clean, deb, debianNode, empty, hostile, match, noData, npm } from '../../../documents/testdata/reports.ts';
import { judge } from '../../judgement.ts';
import { displayWidth } from '../display-width.ts';
import { renderTable } from './index.ts';

const now = new Date('2026-11-24T10:00:00Z');

function render(report: Report, width: number | 'uncut' = 100, allowProblems = false): string {
  return renderTable(report, judge(report, { allowProblems }), { width, color: false, now });
}

/** Compares with a file; UPDATE_GOLDEN=1 writes it anew. */
function assertGolden(name: string, text: string): void {
  const url = new URL(`testdata/${name}.txt`, import.meta.url);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(url, text);
  assert.equal(text, readFileSync(url, 'utf8'), `${name} differs; UPDATE_GOLDEN=1 writes it anew`);
}

for (const width of [160, 120, 100, 80, 60]) {
  test(`Debian with a Node application in ${width} columns`, () => {
    assertGolden(`debian-node-${width}`, render(debianNode, width));
  });
}

test('the same in colour', () => {
  const text = renderTable(debianNode, judge(debianNode, { allowProblems: false }), { width: 120, color: true, now });
  assertGolden('debian-node-color', text);
  assert.equal(stripVTControlCharacters(text), render(debianNode, 120));
});

for (const [name, report] of Object.entries({ clean, 'no-data': noData, empty, hostile }))
  test(`${name} in 80 columns`, () => assertGolden(`${name}-80`, render(report, 80)));

test('any report: lines fit, nothing steers the terminal, the verdict comes last', () => {
  fc.assert(
    fc.property(arbitraryReport, fc.integer({ min: 0, max: 200 }), (report, width) => {
      const text = render(report, width);
      assert.doesNotMatch(text, /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]/);
      for (const line of text.split('\n')) assert.ok(displayWidth(line) <= Math.max(40, width), line);
      assert.match(text, /^(?:PASS|FAIL|INCOMPLETE|NOT JUDGED):/m);
    }),
    { numRuns: 200 },
  );
});

/** First words of the rows between the titles and the next empty line. */
function packagesOf(text: string): string[] {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('Severity'));
  const rows = lines.slice(from + 1, lines.indexOf('', from));
  return rows.map((row) => row.split(/ {2,}/)[1]!);
}

test('worst first; then exploited, fixable, likely to be exploited', () => {
  const kev = { dateAdded: '2026-01-01', ransomware: false };
  const of = (name: string, ...[facts]: Parameters<typeof match>[2][]) =>
    match(npm(name, '1.0.0'), 'CVE-2026-1', facts);
  const matches = [
    of('low', { severity: 'low', fixed: ['2.0.0'], more: { kev } }),
    of('unlikely', { severity: 'high', fixed: ['2.0.0'], epss: 0.1 }),
    of('no-fix', { severity: 'high', epss: 0.9 }),
    of('likely', { severity: 'high', fixed: ['2.0.0'], epss: 0.2 }),
    of('exploited', { severity: 'high', more: { kev } }),
    of('worst', { severity: 'critical' }),
    of('unknown', { severity: 'unknown', fixed: ['2.0.0'] }),
  ];
  assert.deepEqual(packagesOf(render({ ...clean, matches })), [
    'worst',
    'exploited',
    'likely',
    'unlikely',
    'no-fix',
    'low',
    'unknown',
  ]);
});

test('packages of one source are one line; the fix is the highest one needed', () => {
  const source = { name: 'perl', version: '5.32.1-4' };
  const matches = ['perl-base', 'perl', 'libperl5.32'].flatMap((name) => [
    match(deb(name, '5.32.1-4', source), 'CVE-1', { severity: 'high', fixed: ['5.32.1-4+deb11u10'] }),
    match(deb(name, '5.32.1-4', source), 'CVE-2', { severity: 'low', fixed: ['5.32.1-4+deb11u9'] }),
    match(deb(name, '5.32.1-4', source), 'CVE-3', { severity: 'low' }),
  ]);
  const text = render({ ...clean, matches }, 140);
  assert.match(text, /^High +perl \(3 packages\) +5\.32\.1-4 +5\.32\.1-4\+deb11u10 +2\/3 {2}CVE-1 CVE-2 CVE-3$/m);
  assert.match(text, /^3 vulnerabilities in 3 packages, 9 matches: 3 high \(3 fixable\), 6 low \(3 fixable\)\.$/m);
});

test('suppressed matches are in no row and no total, but said', () => {
  const suppressed = { by: 'ignore', why: 'Agreed until May.' };
  const text = render({ ...clean, matches: [match(npm('a', '1'), 'CVE-1', { more: { suppressed } })] });
  assert.match(text, /^Not counted \(1\)\n {2}1 ignore: Agreed until May\.$/m);
  assert.match(text, /^No vulnerability is left: the 1 that were found are not counted, as said above\.$/m);
});

test('data that is old is warned of, whether it was fetched long ago or stands still', () => {
  const of = (asOf: string, fetched: string) =>
    render({ ...clean, data: { npm: { source: 's', asOf, fetched, advisories: 1 } } });
  assert.match(of('2026-11-24T00:00:00Z', '2026-11-01T00:00:00Z'), /^Warning: fetched more than 3 days ago: npm\. /m);
  assert.match(of('2026-11-20T09:00:00Z', '2026-11-24T00:00:00Z'), /^Warning: no change for more than 3 days: npm\. /m);
  assert.match(of('no date', '2026-11-24T00:00:00Z'), /^Warning: no change for more than 3 days: npm\. /m);
  assert.doesNotMatch(of('2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z'), /Warning/);
  assert.doesNotMatch(of('2026-12-24T00:00:00Z', '2026-12-24T00:00:00Z'), /Warning/);
});

test('more rows than anybody reads are counted, not shown', () => {
  const matches = Array.from({ length: 3000 }, (_, index) =>
    match(npm(`p${index}`, '1.0.0'), 'CVE-1', { severity: 'low' }),
  );
  const text = render({ ...clean, matches });
  assert.match(text, /^and 2500 more packages with 2500 vulnerabilities, none worse than low; -o json has all$/m);
  assert.ok(text.split('\n').length < 530);
});

test('findings about the image, worst first', () => {
  const finding = { kind: 'finding', rule: 'r', evidence: [], fix: 'add USER' } as const;
  const findings = [
    { ...finding, severity: 'low', title: 'no HEALTHCHECK' } as const,
    { ...finding, severity: 'high', title: 'runs as root' } as const,
  ];
  assert.match(
    render({ ...clean, findings }),
    /^The image itself \(2\)\n {2}High runs as root: add USER\n {2}Low {2}no HEALTHCHECK: add USER$/m,
  );
});

test('what was not read comes first, is marked, and is the last word where all else passes', () => {
  const where = { path: 'srv/broken/package.json' };
  const gap = { kind: 'problem', where: { path: 'a' }, code: 'unpinned', message: 'No version is said.' } as const;
  const lost = { kind: 'problem', where, code: 'malformed', message: 'It is no JSON.' } as const;
  const text = render({ ...clean, problems: [gap, lost] }, 120);
  assert.match(text, /^Problems \(2\)\n {2}NOT READ: srv\/broken\/package\.json: It is no JSON\.\n {2}a: No version/m);
  const last = 'INCOMPLETE: 1 path was not read (srv/broken/package.json); exit status 2; --allow-problems accepts it.';
  assert.equal(text.trimEnd().split('\n').at(-1), last);
  assert.doesNotMatch(text, /^PASS/m);
  assert.match(render({ ...clean, problems: [gap, lost] }, 120, true), /^Incomplete: 1 path .*\nPASS: .*\n$/m);
  assert.match(render({ ...clean, problems: [gap] }, 120), /^PASS: .*\n$/m);
  const failed = { pass: false, reasons: ['1 of severity high.'] };
  assert.match(render({ ...clean, verdict: failed, problems: [lost] }, 120), /^Incomplete: 1 path .*\nFAIL: .*\n$/m);
});

test('outside of a terminal no id, name or path is cut', () => {
  const path = `srv/${'deep/'.repeat(30)}app/node_modules/left-sail`;
  const name = `@${'long/'.repeat(9)}name`;
  const found = match(npm(name, '1.0.0'), `CVE-2026-${'1'.repeat(60)}`, { severity: 'high' });
  const matches = [{ ...found, package: { ...found.package, locations: [{ path: `${path}/package.json` }] } }];
  const where = { path: `${path}/yarn.lock` };
  const problems = [{ kind: 'problem', where, code: 'malformed', message: 'It is cut off.' }] as const;
  const text = render({ ...clean, matches, problems }, 'uncut');
  for (const whole of [path, name, found.id, where.path]) assert.ok(text.includes(whole), whole);
  assert.doesNotMatch(render({ ...clean, matches }, 'uncut'), /…/);
});

test('a package that is only declared says so in its row', () => {
  const declared = { ...npm('a', '1.0.0'), state: 'declared' } as const;
  const text = render({
    ...clean,
    packages: [declared],
    matches: [match(declared, 'CVE-1'), match(npm('b', '1'), 'CVE-2')],
  });
  assert.match(text, /^\w+ +a \(declared\) +1\.0\.0 /m);
  assert.match(text, /^\w+ +b +1 /m);
});

test('so does an OS package that is only declared, with the file that does', () => {
  const bill = [{ path: 'opt/app/bom.json' }];
  const declared = { ...deb('tar', '1.34'), state: 'declared', locations: bill } as const;
  const text = render({ ...clean, packages: [declared], matches: [match(declared, 'CVE-1')] }, 160);
  assert.match(text, /^\w+ +tar \(declared\) +1\.34 .* opt\/app\/bom\.json$/m);
});
