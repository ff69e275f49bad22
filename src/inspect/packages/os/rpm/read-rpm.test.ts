import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import type { Found } from '../../cataloguer.ts';
import { joinFacts } from '../../join.ts';
import { rpm } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const unpack = (name: string) => gunzipSync(testdata(`${name}.gz`));
const linesOf = (bytes: Buffer) => bytes.toString('utf8').trim().split('\n').sort();

const readRpm = await rpm.loadLarge!();
const read = (bytes: Buffer, limits = defaultLimits, path = 'var/lib/rpm/rpmdb.sqlite') => [
  ...readRpm({ path, content: accessBytes(bytes) }, limits),
];

/** A package as the format in scripts/corpora/rpm.py has rpm write it. */
function toRow(item: Found): string[] {
  if (item.kind !== 'package') return [];
  const { name, version, architecture, source, maintainer, licenses, modularity } = item;
  assert.ok(item.type === 'rpm' && item.state === 'installed' && source !== undefined);
  const [, epoch] = /^(\d+):/.exec(version) ?? [];
  assert.equal(/^(\d+):/.exec(source.version)?.[1], epoch);
  const sourceRpm = `${source.name}-${source.version.replace(/^\d+:/, '')}.src.rpm`;
  const tags = [name, version, architecture, sourceRpm, maintainer, licenses?.join(), modularity, epoch];
  return [tags.map((tag) => tag ?? '(none)').join('\t')];
}

for (const [database, expected] of [
  ['rpmdb.sqlite', 'rpm-qa.tsv'],
  ['Packages', 'rpm-qa-berkeley.tsv'],
  ['Packages-big-endian', 'rpm-qa-berkeley.tsv'],
  ['Packages.db', 'rpm-qa-ndb.tsv'],
]) {
  test(`${database}: the inventory is what rpm says, but for keys`, () => {
    const found = read(unpack(database!));
    const packages = linesOf(testdata(expected!)).filter((row) => !row.startsWith('gpg-pubkey'));
    assert.equal(packages.length, 9);
    assert.deepEqual(found.flatMap(toRow).sort(), packages);
  });

  test(`${database}: the files are what rpm says`, () => {
    const owned = read(unpack(database!)).flatMap((item) =>
      item.kind === 'ownership' ? item.paths.map((path) => `${item.owner}\t/${path}`) : [],
    );
    assert.deepEqual(owned.sort(), linesOf(unpack('rpm-ql.tsv')));
  });
}

test('a language package inside an rpm package is owned by it; a module stays with its package', () => {
  const path = 'usr/lib/python3.9/site-packages/six-1.16.0.dist-info/METADATA';
  const six: Found = { kind: 'package', type: 'pypi', name: 'six', version: '1.16.0', state: 'installed' };
  const { packages } = joinFacts([
    { path: 'var/lib/rpm/rpmdb.sqlite', found: read(unpack('rpmdb.sqlite')) },
    { path, found: [six] },
  ]);
  assert.equal(packages.length, 10);
  assert.equal(packages.find(({ name }) => name === 'six')?.ownedBy, 'rpm/python3-six');
  assert.equal(packages.find(({ name }) => name === 'nodejs')?.modularity, 'nodejs:16:8090020231009095711:a75119d5');
});

test('changes that wait in a log are told', () => {
  const path = 'usr/lib/sysimage/rpm/rpmdb.sqlite-wal';
  for (const size of [0, 32]) assert.deepEqual(read(Buffer.alloc(size), defaultLimits, path), []);
  const [item] = read(Buffer.alloc(5000), defaultLimits, path);
  assert.ok(item?.kind === 'problem' && item.code === 'unsupported' && item.where.path === path);
});

const summary = (found: readonly Found[]) =>
  found.flatMap((item) => (item.kind === 'ownership' ? [] : [item.kind === 'problem' ? item.code : item.kind]));

test('an empty file, and rubbish', () => {
  assert.deepEqual(summary(read(Buffer.alloc(0))), ['truncated']);
  assert.deepEqual(summary(read(Buffer.from('x'))), ['truncated']);
  assert.deepEqual(summary(read(Buffer.alloc(10_000, 0xa5))), ['malformed']);
});

test('more packages than are read', () => {
  const found = summary(read(unpack('rpmdb.sqlite'), { ...defaultLimits, maxPackagesPerFile: 3 }));
  assert.deepEqual(found, ['package', 'package', 'too-many']);
});

test('a header without a name, and one with a list of files that ends early', () => {
  const bytes = unpack('Packages.db');
  const entryOf = (tag: string, from: number) => bytes.indexOf(Buffer.from(tag, 'hex'), from);
  // The name's tag becomes another; one file gets no folder.
  bytes.writeUInt32BE(999, entryOf('000003e800000006', bytes.indexOf('hull\0') - 2000));
  const folders = entryOf('0000045c00000004', bytes.indexOf('python3-six\0') - 2000);
  bytes.writeUInt32BE(2, folders + 12);
  const problems = read(bytes).flatMap((item) => (item.kind === 'problem' ? [item.message] : []));
  assert.deepEqual(problems.sort(), [
    "In rpm's database: a header without name; its package is missing.",
    "In rpm's database: the list of files of python3-six is damaged.",
  ]);
});

test('bad slots without end', () => {
  const bytes = Buffer.alloc(2 << 20);
  bytes.write('RpmP');
  bytes.writeUInt32LE(0xffff_ffff, 12);
  const found = summary(read(bytes));
  assert.equal(found.length, defaultLimits.maxPackagesPerFile + 1);
  assert.equal(found.at(-1), 'too-many');
});

test('headers that lie over one another are read once', () => {
  const bytes = unpack('Packages.db');
  // Every free slot of the first page points to the largest blob.
  const largest = bytes.subarray(32, 48);
  for (let at = 11 * 16; at < 4096; at += 16) largest.copy(bytes, at);
  const found = read(bytes);
  assert.equal(found.at(-1)?.kind === 'problem' && summary(found).at(-1), 'malformed');
  assert.ok(found.length < 40);
});

test('one long folder for many files is not written out for ever', () => {
  const files = 300_000;
  const [folder, base] = [Buffer.from(`/${'d'.repeat(4000)}/\0`), Buffer.from('a\0'.repeat(files))];
  const strings = Buffer.concat([Buffer.from('name\x001\x001\0'), folder, base]);
  const entries = [
    [1000, 6, 0, 1],
    [1001, 6, 5, 1],
    [1002, 6, 7, 1],
    [1118, 8, 9, 1],
    [1117, 8, 9 + folder.length, files],
    [1116, 4, strings.length, files],
  ];
  const index = Buffer.alloc(8 + entries.length * 16);
  for (const [place, value] of [entries.length, strings.length + files * 4, ...entries.flat()].entries())
    index.writeUInt32BE(value, place * 4);
  const header = Buffer.concat([index, strings, Buffer.alloc(files * 4)]);
  const blocks = Math.ceil((header.length + 28) / 16);
  const database = Buffer.alloc(4096 + blocks * 16);
  database.write('RpmP', 0);
  database.writeUInt32LE(1, 12);
  for (let at = 32; at < 4096; at += 16) database.write('Slot', at);
  for (const [place, value] of [1, 256, blocks].entries()) database.writeUInt32LE(value, 36 + place * 4);
  database.write('BlbS', 4096);
  database.writeUInt32LE(1, 4100);
  for (const at of [4108, database.length - 8]) database.writeUInt32LE(header.length, at);
  header.copy(database, 4112);
  database.write('BlbE', database.length - 4);
  let characters = 0;
  for (const item of readRpm({ path: 'var/lib/rpm/Packages.db', content: accessBytes(database) }, defaultLimits)) {
    if (item.kind === 'ownership') for (const path of item.paths) characters += path.length;
    else if (item.kind === 'problem') assert.equal(item.code, 'too-many', item.message);
  }
  assert.ok(characters > 500e6 && characters < 600e6, `${characters}`);
});

for (const name of ['rpmdb.sqlite', 'Packages', 'Packages.db']) {
  test(`${name}: whatever bytes change, it is read or told`, () => {
    const bytes = unpack(name);
    const random = lehmer(name.length);
    for (let round = 0; round < 300; round++) {
      const harmed = Buffer.from(bytes.subarray(0, round % 3 === 0 ? random(bytes.length) : undefined));
      for (let change = 0; change < 40 && harmed.length > 0; change++) {
        // Half of the changes hit the start, where the lengths are.
        const at = random(change % 2 ? harmed.length : Math.min(harmed.length, 4096));
        harmed[at] = [0, 1, 0x7f, 0xff, random(256)][random(5)]!;
      }
      const found = read(harmed);
      assert.ok(found.length < 20_000, `${found.length} in round ${round}`);
    }
  });
}

/** Numbers below a bound, the same each time. */
function lehmer(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % Math.max(1, below);
  };
}
