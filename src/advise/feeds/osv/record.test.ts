import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Advisory } from '../../../base/model/advisory.ts';
import { parseRecordBytes } from './export.ts';
import { parseOsvRecord } from './record.ts';

const range = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '1.2' }] };
const entry = { package: { ecosystem: 'Debian:11', name: 'bash' }, ranges: [range] };
const record = { id: 'DSA-1-1', modified: '2024-05-01T10:00:00Z', affected: [entry] };

function advisoryOf(value: unknown, ecosystem = 'Debian'): Advisory {
  const item = parseOsvRecord(value, ecosystem, 'file');
  assert.equal(item.kind, 'advisory', JSON.stringify(item));
  return (item as Extract<typeof item, { kind: 'advisory' }>).advisory;
}

function outcomeOf(value: unknown, ecosystem = 'Debian'): string {
  const item = parseOsvRecord(value, ecosystem, 'file');
  return item.kind === 'left' ? item.outcome : item.kind;
}

test('a whole record becomes an advisory', () => {
  const affected = {
    package: { ecosystem: 'Ubuntu:Pro:16.04:LTS', name: 'linux' },
    ranges: [
      { type: 'GIT', repo: 'https://example.invalid/x', events: [{ introduced: '0' }] },
      { type: 'SEMVER', events: [{ introduced: '0' }, { last_affected: '1' }, { introduced: '2' }, { limit: '3' }] },
    ],
    versions: ['1', '2'],
    severity: [{ type: 'Ubuntu', score: 'low' }],
    ecosystem_specific: { uct_status: 'needs-triage' },
  };
  const whole = {
    ...record,
    id: 'UBUNTU-CVE-2024-1',
    aliases: ['CVE-2024-1', 5, 'with space'],
    upstream: ['CVE-2024-1'],
    related: ['CVE-2024-2'],
    summary: '  two\n  lines ',
    published: '2024-01-01T00:00:00.123Z',
    severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }, { type: 'CVSS_V3' }],
    references: [
      { type: 'WEB', url: 'https://example.invalid/web' },
      { type: 'ADVISORY', url: 'https://example.invalid/own' },
      { type: 'WEB', url: 'javascript:alert(1)' },
    ],
    affected: [affected],
  };
  assert.deepEqual(advisoryOf(whole, 'Ubuntu'), {
    kind: 'advisory',
    id: 'UBUNTU-CVE-2024-1',
    aliases: ['CVE-2024-1'],
    upstream: ['CVE-2024-1'],
    summary: 'two lines',
    modified: '2024-05-01T10:00:00Z',
    published: '2024-01-01T00:00:00.123Z',
    ratings: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N' }],
    references: ['https://example.invalid/own', 'https://example.invalid/web'],
    affected: [
      {
        ecosystem: 'Ubuntu',
        release: 'Pro:16.04:LTS',
        name: 'linux',
        ranges: [
          { type: 'SEMVER', events: [{ introduced: '0' }, { lastAffected: '1' }, { introduced: '2' }, { limit: '3' }] },
        ],
        versions: ['1', '2'],
        ratings: [{ type: 'Ubuntu', score: 'low' }],
        vendorState: 'needs-triage',
      },
    ],
  });
});

test('vendors say their own things in their own places', () => {
  const withUrgency = (urgency: string) => ({ ...record, affected: [{ ...entry, ecosystem_specific: { urgency } }] });
  assert.deepEqual(advisoryOf(withUrgency('unimportant')).affected[0]?.ratings, [
    { type: 'Debian', score: 'unimportant' },
  ]);
  assert.deepEqual(advisoryOf(withUrgency('not yet assigned')).affected[0]?.ratings, []);
  assert.equal(advisoryOf(withUrgency('end-of-life')).affected[0]?.vendorState, 'end-of-life');
  const npm = { ...record, affected: [{ ...entry, package: { ecosystem: 'npm', name: 'x' } }] };
  const word = { database_specific: { severity: 'MODERATE' } };
  assert.deepEqual(advisoryOf({ ...npm, ...word, id: 'GHSA-1' }, 'npm').ratings, [
    { type: 'GitHub', score: 'MODERATE' },
  ]);
  assert.deepEqual(advisoryOf({ ...npm, ...word, id: 'MAL-1' }, 'npm').ratings, [{ type: 'npm', score: 'MODERATE' }]);
  const alma = {
    ...record,
    related: ['CVE-2024-1', 'ALBA-1'],
    affected: [{ ...entry, package: { ecosystem: 'AlmaLinux:9', name: 'x' } }],
  };
  assert.deepEqual(advisoryOf(alma, 'AlmaLinux').upstream, ['CVE-2024-1']);
  const photon = { ...record, affected: [{ package: { ecosystem: 'Photon OS:3.0', name: 'vim' }, ranges: range }] };
  assert.equal(advisoryOf(photon, 'Photon OS').affected[0]?.ranges.length, 1);
});

test('repositories of a release that images do not tell apart are one release', () => {
  const on = (ecosystem: string) => ({ ...entry, package: { ecosystem, name: 'openssl' } });
  const affected = ['::appstream', '::baseos', ''].map((part) => on(`Red Hat:enterprise_linux:9${part}`));
  const redHat = advisoryOf({ ...record, affected: [...affected, on('Red Hat:rhel_eus:9.2::baseos')] }, 'Red Hat');
  assert.deepEqual(
    redHat.affected.map(({ release }) => release),
    ['9', '9', '9', 'rhel_eus:9.2::baseos'],
  );
});

test('a long summary and a summary that is only in the details are cut to one line', () => {
  assert.equal(advisoryOf({ ...record, summary: '𝒙'.repeat(1_000_000) }).summary?.length, 300);
  assert.equal(advisoryOf({ ...record, details: 'First.\n\nSecond.' }).summary, 'First. Second.');
});

test('packages of other ecosystems, and those that cannot be used, are counted', () => {
  const item = parseOsvRecord(
    {
      ...record,
      affected: [
        entry,
        { ...entry, package: { ecosystem: 'npm', name: 'x' } },
        { ...entry, package: { ecosystem: 'Debianish:11', name: 'x' } },
        { ...entry, ranges: null },
      ],
    },
    'Debian',
    'file',
  );
  assert.equal(item.kind, 'advisory');
  assert.deepEqual(item.kind === 'advisory' && item.leftOut, { 'other ecosystem': 2, 'no usable range': 1 });
});

const withEntry = (changes: object) => ({ ...record, affected: [{ ...entry, ...changes }] });
const withEvents = (events: unknown) => withEntry({ ranges: [{ type: 'ECOSYSTEM', events }] });

const refused: [outcome: string, value: unknown][] = [
  ['not a JSON object', null],
  ['not a JSON object', []],
  ['not a JSON object', 'text'],
  ['no usable id', {}],
  ['no usable id', { ...record, id: '' }],
  ['no usable id', { ...record, id: 'a b' }],
  ['no usable id', { ...record, id: 'x'.repeat(129) }],
  ['no usable id', { ...record, id: 'x\u001b[31m' }],
  ['no usable date of modification', { ...record, modified: undefined }],
  ['no usable date of modification', { ...record, modified: 'yesterday' }],
  ['no usable date of modification', { ...record, modified: '2024-13-01T00:00:00Z' }],
  ['withdrawn', { ...record, withdrawn: '2024-05-01T10:00:00Z' }],
  ['unusable date of withdrawal', { ...record, withdrawn: true }],
  ['no affected package', { ...record, affected: undefined }],
  ['no affected package', { ...record, affected: [] }],
  ['no affected package', { ...record, affected: { length: 3 } }],
  ['too many affected packages', { ...record, affected: new Array(50_001).fill(entry) }],
  ['no package', { ...record, affected: [null] }],
  ['no package', withEntry({ package: undefined })],
  ['no usable package name', withEntry({ package: { ecosystem: 'Debian:11' } })],
  ['no usable package name', withEntry({ package: { ecosystem: 'Debian:11', name: 'x'.repeat(513) } })],
  ['no usable package name', withEntry({ package: { ecosystem: 'Debian:11', name: '\ud800' } })],
  ['no usable ecosystem', withEntry({ package: { name: 'x' } })],
  ['no usable ecosystem', withEntry({ package: { ecosystem: 'Debian:1\u202e1', name: 'x' } })],
  ['other ecosystem', withEntry({ package: { ecosystem: 'Maven', name: 'x' } })],
  ['no usable range', withEntry({ ranges: [] })],
  ['no usable range', withEntry({ ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] })],
  ['unknown type of range', withEntry({ ranges: [{ type: 'MOON', events: [{ introduced: '0' }] }] })],
  ['malformed range', withEntry({ ranges: ['all'] })],
  ['malformed range', withEvents(undefined)],
  ['malformed range', withEvents([])],
  ['malformed range', withEvents([{ fixed: '1' }])],
  ['malformed range', withEvents([{ introduced: '0', fixed: '1' }])],
  ['malformed range', withEvents([{ introduced: 0 }])],
  ['malformed range', withEvents([{ introduced: '' }])],
  ['malformed range', withEvents([{ introduced: '0' }, { forgotten: '1' }])],
  ['malformed range', withEvents([{ introduced: '1'.repeat(257) }])],
  ['too many events', withEvents(new Array(1_000_000).fill({ introduced: '0' }))],
  ['too many events', withEntry({ ranges: new Array(20_001).fill(range) })],
  ['malformed list of versions', withEntry({ versions: '1.0' })],
  ['malformed list of versions', withEntry({ versions: [1] })],
  ['too many versions', withEntry({ versions: new Array(200_001).fill('1') })],
];

test('a record that cannot be used says why', () => {
  for (const [outcome, value] of refused) assert.equal(outcomeOf(value), outcome, JSON.stringify(value)?.slice(0, 200));
});

test('bytes that are not JSON, cut off, or nested without end are counted under their file name', () => {
  const whole = Buffer.from(JSON.stringify(record));
  const bad = [Buffer.alloc(0), whole.subarray(0, 40), Buffer.from('<html>'), Buffer.from('['.repeat(1_000_000))];
  for (const bytes of bad)
    assert.deepEqual(parseRecordBytes(bytes, 'Debian', 'DSA-1'), {
      kind: 'left',
      record: 'DSA-1',
      outcome: 'not JSON',
      leftOut: {},
    });
  assert.equal(parseRecordBytes(whole, 'Debian', 'DSA-1').kind, 'advisory');
});

test('names from the record reach no prototype', () => {
  const polluted = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}');
  parseOsvRecord({ ...record, ...polluted, affected: [{ ...entry, ecosystem_specific: polluted }] }, 'Debian', 'f');
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test('whatever JSON comes, there is an answer', () => {
  const shaped = fc.record(
    {
      id: fc.oneof(fc.string(), fc.constant('X-1')),
      modified: fc.oneof(fc.constant('2024-05-01T10:00:00Z'), fc.jsonValue()),
      affected: fc.array(fc.record({ package: fc.jsonValue(), ranges: fc.jsonValue(), versions: fc.jsonValue() })),
      severity: fc.jsonValue(),
      references: fc.jsonValue(),
      aliases: fc.jsonValue(),
      details: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped), (value) =>
      ['advisory', 'left'].includes(parseOsvRecord(value, 'npm', 'f').kind),
    ),
  );
});
