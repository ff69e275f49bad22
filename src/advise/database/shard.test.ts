import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { PlimsollError } from '../../base/errors.ts';
import type { Advisory, Affected } from '../../base/model/advisory.ts';
import { Shard } from './shard.ts';
import { type BuiltShard, ShardBuilder } from './shard-builder.ts';
import { decodeBody, decodeRow, encodeBody, encodeRow } from './shard-rows.ts';
import { writeTable } from './table-writer.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-shard-'));
after(() => rmSync(folder, { recursive: true }));

const affected = (release: string, name: string, fixed = '2'): Affected => ({
  ecosystem: 'Debian',
  release,
  name,
  ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
  versions: [],
  ratings: [],
});

const advisory = (id: string, ...items: Affected[]): Advisory => ({
  kind: 'advisory',
  id,
  aliases: [],
  upstream: [],
  modified: '2024-01-01T00:00:00Z',
  ratings: [],
  references: [],
  affected: items,
});

function build(advisories: readonly Advisory[], carry?: { shards: Shard[]; changed: Set<string> }): BuiltShard[] {
  using builder = new ShardBuilder('osv', folder);
  for (const item of advisories) builder.add(item);
  for (const shard of carry?.shards ?? []) builder.carryOver(shard, carry!.changed);
  return [...builder.build()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

test('advisories go to the shards of the releases that they name', () => {
  const [eleven, twelve] = build([
    advisory('DSA-1', affected('11', 'a'), affected('11', 'b'), affected('12', 'a')),
    advisory('DSA-2', affected('12', 'a', '3')),
  ]);
  assert.deepEqual(
    [eleven?.header, twelve?.header],
    [
      { kind: 'shard', feed: 'osv', ecosystem: 'Debian', release: '11', advisories: 1, packages: 2 },
      { kind: 'shard', feed: 'osv', ecosystem: 'Debian', release: '12', advisories: 2, packages: 1 },
    ],
  );
  using shard = Shard.open(twelve!.path);
  assert.equal(shard.name, 'Debian:12');
  const rows = shard.affecting(['a', 'absent', 'b']);
  assert.deepEqual([...rows.keys()], ['a']);
  assert.deepEqual(rows.get('a'), [
    { advisory: 'DSA-1', ...affected('12', 'a') },
    { advisory: 'DSA-2', ...affected('12', 'a', '3') },
  ]);
  const { affected: _, ...body } = advisory('DSA-2');
  assert.deepEqual(shard.advisory('DSA-2'), body);
  assert.equal(shard.advisory('DSA-3'), undefined);
  assert.deepEqual([...shard.advisoryIds()], ['DSA-1', 'DSA-2']);
  assert.equal([...shard.contents()].length, 4);
});

test('names are looked up in the form of their ecosystem, and kept as the feed writes them', () => {
  const [built] = build([advisory('PYSEC-1', { ...affected('', 'Foo_Bar'), ecosystem: 'PyPI' })]);
  using shard = Shard.open(built!.path);
  assert.deepEqual(new Set(shard.affecting(['foo-bar', 'FOO.bar']).keys()), new Set(['foo-bar', 'FOO.bar']));
  assert.equal(shard.affecting(['foo-bar']).get('foo-bar')?.[0]?.name, 'Foo_Bar');
});

test('nothing that an advisory says twice is kept twice', () => {
  const [built] = build([advisory('A', affected('11', 'a'), affected('11', 'a', '9'), affected('11', 'a'))]);
  using shard = Shard.open(built!.path);
  assert.equal(shard.affecting(['a']).get('a')?.length, 2);
});

test('changes give the same bytes as building all anew, and temporary files go', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const items = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 30 }),
      on: fc.array(fc.tuple(fc.constantFrom('11', '12'), name, fc.constantFrom('2', '3')), {
        minLength: 1,
        maxLength: 6,
      }),
    }),
    { selector: ({ id }) => id, maxLength: 25 },
  );
  const toAdvisories = (records: readonly { id: number; on: [string, string, string][] }[]) =>
    records.map(({ id, on }) =>
      advisory(`DSA-${id}`, ...on.map(([release, pkg, fixed]) => affected(release, pkg, fixed))),
    );
  fc.assert(
    fc.property(items, items, (before, changes) => {
      const changed = new Set(changes.map(({ id }) => id));
      const vanished = before.filter(({ id }) => id % 7 === 3).map(({ id }) => id);
      const gone = new Set([...changed, ...vanished]);
      const old = build(toAdvisories(before));
      const shards = old.map(({ path }) => Shard.open(path));
      const next = build(toAdvisories(changes), { shards, changed: new Set([...gone].map((id) => `DSA-${id}`)) });
      const anew = build(toAdvisories([...before.filter(({ id }) => !gone.has(id)), ...changes]));
      assert.deepEqual(
        next.map(({ name: shard, digest }) => [shard, digest]),
        anew.map(({ name: shard, digest }) => [shard, digest]),
      );
      for (const shard of shards) shard.close();
      for (const { path } of [...old, ...next, ...anew]) rmSync(path);
    }),
    { numRuns: 40 },
  );
  assert.deepEqual(
    readdirSync(folder).filter((file) => file.startsWith('spool')),
    [],
  );
});

test('an endless list of releases is refused', () => {
  const many = Array.from({ length: 1001 }, (_, n) => affected(String(n), 'a'));
  assert.throws(() => build([advisory('A', ...many)]), /over 1000 releases/);
});

test('rows and bodies survive being written', () => {
  const row: Affected = {
    ecosystem: 'Ubuntu',
    release: 'Pro:16.04:LTS',
    name: 'Linux',
    ranges: [
      { type: 'SEMVER', events: [{ introduced: '0' }, { lastAffected: '1' }, { introduced: '2' }, { limit: '3' }] },
      { type: 'ECOSYSTEM', events: [] },
    ],
    versions: ['1', '1.1'],
    ratings: [{ type: 'Ubuntu', score: 'medium' }],
    vendorState: 'needed',
  };
  const where = { key: 'linux', ecosystem: 'Ubuntu', release: 'Pro:16.04:LTS' };
  assert.deepEqual(decodeRow(JSON.parse(encodeRow('X', row, 'linux')), where), { advisory: 'X', ...row });
  const { affected: _, ...body } = {
    ...advisory('X'),
    aliases: ['CVE-1'],
    upstream: ['CVE-2'],
    summary: 'all of it',
    published: '2020-01-01T00:00:00Z',
    withdrawn: '2021-01-01T00:00:00Z',
    ratings: row.ratings,
    references: ['https://example.invalid/'],
  };
  assert.deepEqual(decodeBody('X', JSON.parse(encodeBody(body))), body);
});

const badRows: unknown[] = [
  null,
  {},
  [],
  ['X'],
  [1, 0],
  ['X', 0, [['Q', 'i', '0']]],
  ['X', 0, [['E', 'i']]],
  ['X', 0, [['E', '__proto__', '0']]],
  ['X', 0, [['toString', 'i', '0']]],
  ['X', 0, [], [1]],
  ['X', 0, [], [], [['a']]],
  ['X', 0, [], [], [], 5],
  ['X', 0, [], [], [], '', 'more'],
];

test('a shard with values of another shape is damaged', () => {
  for (const value of badRows)
    assert.equal(decodeRow(value, { key: 'a', ecosystem: 'Debian', release: '11' }), undefined, JSON.stringify(value));
  for (const value of [null, [], { m: 5 }, { m: '', a: 'text' }, { m: '', s: {} }])
    assert.equal(decodeBody('X', value), undefined);
  const isDamaged = (error: unknown) => error instanceof PlimsollError && error.code === 'data-damaged';
  const header = { kind: 'shard', feed: 'osv', ecosystem: 'Debian', release: '11', advisories: 1, packages: 1 };
  const path = join(folder, 'bad');
  writeTable(
    path,
    header,
    ['a:X', 'p:a', 'p:b'].map((key) => ({ key, value: Buffer.from(key === 'p:b' ? '{' : '[]') })),
  );
  using shard = Shard.open(path);
  assert.throws(() => shard.affecting(['a']), isDamaged);
  assert.throws(() => shard.affecting(['b']), isDamaged);
  assert.throws(() => shard.advisory('X'), isDamaged);
  writeTable(`${path}2`, { ...header, advisories: 'many' }, []);
  assert.throws(() => Shard.open(`${path}2`), isDamaged);
  assert.ok(readFileSync(path).length > 0);
});
