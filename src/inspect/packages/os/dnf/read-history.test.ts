import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { joinFacts } from '../../join.ts';
import { dnf } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const history = () => gunzipSync(testdata('history.sqlite.gz'));
const path = 'var/lib/dnf/history.sqlite';
const readHistory = await dnf.loadLarge!();
const read = (bytes: Buffer, limits = defaultLimits) => [...readHistory({ path, content: accessBytes(bytes) }, limits)];
const codes = (bytes: Buffer, limits = defaultLimits) =>
  read(bytes, limits).flatMap((item) => (item.kind === 'problem' ? [item.code] : []));

/** What dnf says is installed: name, version, architecture, repository. */
const installed = testdata('repoquery.tsv')
  .toString()
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [name: string, version: string, architecture: string, repository: string]);

test('every package that dnf says is installed has the repository that dnf says', () => {
  const packages = installed.map(([name, version, architecture]) => {
    // An epoch of 0 that rpm's header names is none.
    const written = name === 'sail-beta' ? `0:${version}` : version;
    return { kind: 'package', type: 'rpm', name, version: written, state: 'installed', architecture } as const;
  });
  const other = { kind: 'package', type: 'rpm', name: 'sail-beta', version: '9-9', state: 'installed' } as const;
  const inventory = joinFacts([
    { path: 'var/lib/rpm/rpmdb.sqlite', found: [...packages, other] },
    { path, found: read(history()) },
  ]);
  assert.deepEqual(inventory.problems, []);
  assert.deepEqual(
    inventory.packages.map(({ name, repository }) => `${name} ${repository}`),
    [...installed.map(([name, , , repository]) => `${name} ${repository}`), 'sail-beta undefined'].sort(),
  );
  assert.equal(new Set(installed.map(([, , , repository]) => repository)).size, 2);
});

test('empty, truncated, other and lying files give what is good, and say what is wrong', () => {
  assert.deepEqual(read(Buffer.alloc(0)), []);
  assert.ok(codes(Buffer.from('no database')).length > 0);
  for (const size of [50, 100, 4096, 20_000, 60_000])
    assert.ok(codes(history().subarray(0, size)).length > 0, `${size}`);
  const lying = history();
  for (let at = 4096; at < lying.length; at += 97) lying[at] = 0xff;
  assert.ok(codes(lying).length > 0);
  assert.deepEqual(codes(history(), { ...defaultLimits, maxPackagesPerFile: 0 }), ['too-many', 'too-many', 'too-many']);
});
