import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import type { Found } from '../../cataloguer.ts';
import { nix } from './index.ts';
import { parseStorePath } from './store-path.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const database = () => gunzipSync(testdata('db.sqlite.gz'));
const paths = testdata('valid-paths.txt').toString().trim().split('\n');
const readNix = await nix.loadLarge!();
const read = (bytes: Buffer, path = 'nix/var/nix/db/db.sqlite', limits = defaultLimits) => [
  ...readNix({ path, content: accessBytes(bytes) }, limits),
];
const rows = (found: readonly Found[]) =>
  found.map((item) =>
    item.kind === 'package'
      ? [item.name, item.version, item.purl?.qualifiers?.output].filter(Boolean).join(' ')
      : item.kind === 'problem'
        ? item.code
        : item.kind,
  );

test('the packages among the paths that nix-store says are valid', () => {
  const found = rows(read(database()));
  assert.equal(paths.length, 10);
  assert.deepEqual(found.sort(), [
    'font 100dpi-1.0',
    'gcc 12.3.0 lib',
    'kettle 1.4.0',
    'kettle 1.4.0 dev',
    'openssl 3.0.13 bin',
    'python3.11-six 1.16.0',
    'unstable 2023-10-01',
  ]);
  const parsed = paths.map(parseStorePath).filter((item) => typeof item === 'object');
  assert.deepEqual(rows(parsed).sort(), found);
});

const hash = 'cz06k7l5fzm2a6sg8c2ayh62qn2vcfxz';

test('paths that Nix does not write, and what is no package', () => {
  for (const path of [
    '',
    '/nix/store/',
    `/srv/${hash}-a-1`,
    `/nix/store/${hash}-a 1`,
    `/nix/store/${'e'.repeat(32)}-a-1`,
  ])
    assert.equal(parseStorePath(path), 'not a path', path);
  assert.equal(parseStorePath(`/nix/store/${hash}-${'a-'.repeat(200)}1`), 'not a path');
  for (const name of ['source', 'a.drv', 'a-1.drv', 'a-1.tar.gz', 'fix-1.patch', '-1', 'a-'])
    assert.equal(parseStorePath(`/nix/store/${hash}-${name}`), undefined, name);
});

test('changes that wait in a log are told', () => {
  const path = 'nix/var/nix/db/db.sqlite-wal';
  for (const size of [0, 32]) assert.deepEqual(read(Buffer.alloc(size), path), []);
  assert.deepEqual(rows(read(Buffer.alloc(5000), path)), ['unsupported']);
});

test('an empty file, rubbish, one cut off, and more than is read', () => {
  assert.deepEqual(read(Buffer.alloc(0)), []);
  assert.deepEqual(rows(read(Buffer.from('x'))), ['malformed']);
  assert.deepEqual(rows(read(Buffer.alloc(10_000, 0xa5))), ['malformed']);
  assert.ok(read(database().subarray(0, 6000)).some(({ kind }) => kind === 'problem'));
  const few = rows(read(database(), undefined, { ...defaultLimits, maxPackagesPerFile: 2 }));
  assert.deepEqual([few.length, few.at(-1)], [3, 'too-many']);
});

test('a row whose path is none', () => {
  const bytes = database();
  const path = '/nix/store/yz1ljz1aamrkx0i0n3836fn1cbqya5h4-kettle-1.4.0';
  for (let at = bytes.indexOf(path); at >= 0; at = bytes.indexOf(path, at)) bytes.write('/xyz', at);
  const found = rows(read(bytes));
  assert.equal(found.length, 7);
  assert.ok(found.includes('malformed') && !found.includes('kettle 1.4.0'), found.join());
});

test('whatever bytes change, it is read or told', () => {
  let state = 7;
  const random = (below: number) => {
    state = (state * 48_271) % 0x7fff_ffff;
    return state % below;
  };
  const whole = database();
  for (let round = 0; round < 200; round++) {
    const harmed = Buffer.from(whole);
    for (let change = 0; change < 40; change++) harmed[random(change % 2 ? harmed.length : 4096)] = random(256);
    assert.ok(read(harmed).length < 20_000);
  }
});
