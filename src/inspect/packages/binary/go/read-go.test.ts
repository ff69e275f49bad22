import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { mainVersionOf, parseModules } from './modules.ts';
import { readGo } from './read-go.ts';

const hull = readFileSync(new URL('testdata/hull.elf', import.meta.url));

/** `name@version` of each package, and the code of each problem. */
function read(bytes: Uint8Array): string[] {
  return [...readGo({ path: 'usr/bin/hull', content: accessBytes(bytes) }, defaultLimits)].map((item) =>
    item.kind === 'package' ? `${item.name}@${item.version}` : item.kind === 'problem' ? item.code : item.kind,
  );
}

const modulesOfHull = [
  'stdlib@1.26.8',
  'example.org/hull@v1.4.2',
  'golang.org/x/net@v0.0.0-20220722155237-a158d28d115b',
  'golang.org/x/text@v0.3.7',
  'gopkg.in/yaml.v3@v3.0.0',
];

test('a program says its modules, its own version and the Go that made it', () => {
  assert.deepEqual(read(hull), modulesOfHull);
  assert.deepEqual(read(readFileSync(new URL('testdata/hull.386.elf', import.meta.url)))[0], 'stdlib@1.26.8');
});

test('what is no program of Go has nothing to say', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), Buffer.from('#!/bin/sh'), Buffer.alloc(4096, 'MZ')])
    assert.deepEqual(read(bytes), []);
  assert.deepEqual(read(readFileSync(process.execPath).subarray(0, 1 << 20)), []);
});

test('a program that is cut off or altered anywhere gives less, and nothing is thrown', () => {
  for (let length = 0; length < hull.length; length += 13) read(hull.subarray(0, length));
  for (let at = 0; at < hull.length; at += 3) {
    const changed = Buffer.from(hull);
    changed[at]! ^= 0xff;
    read(changed);
  }
  const start = hull.indexOf('\xff Go buildinf:', 'latin1');
  assert.deepEqual(read(hull.subarray(0, start + 40)), ['malformed']);
  const endless = Buffer.from(hull).fill(0xff, start + 32, start + 42);
  assert.deepEqual(read(endless), ['malformed']);
});

test('the pointers of Go before 1.18 are followed', () => {
  assert.deepEqual(read(oldProgram('go1.16.5', 'mod\texample.org/a\tv1.0.0\t\n')), [
    'stdlib@1.16.5',
    'example.org/a@v1.0.0',
  ]);
  const lying = oldProgram('go1.16.5', '');
  lying.writeBigUInt64LE(0xffff_ffff_ffffn, 0x100 + 16);
  assert.deepEqual(read(lying), ['malformed']);
});

/** An ELF file of one writable segment at 0x1000, without sections. */
function oldProgram(version: string, modules: string): Buffer {
  const bytes = Buffer.alloc(0x400);
  const framed = modules === '' ? '' : `${'<'.repeat(16)}${modules}${'>'.repeat(16)}`;
  bytes.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(1, 56);
  bytes.writeUInt32LE(1, 64);
  bytes.writeUInt32LE(2, 68);
  for (const [at, value] of [
    [72, 0x100],
    [80, 0x1000],
    [96, 0x300],
  ] as const)
    bytes.writeBigUInt64LE(BigInt(value), at);
  bytes.write('\xff Go buildinf:\x08\x00', 0x100, 'latin1');
  for (const [at, value] of [
    [0x110, 0x1020],
    [0x118, 0x1030],
    [0x120, 0x1040],
    [0x128, version.length],
    [0x130, 0x1080],
    [0x138, framed.length],
  ] as const)
    bytes.writeBigUInt64LE(BigInt(value), at);
  bytes.write(version, 0x140, 'latin1');
  bytes.write(framed, 0x180, 'latin1');
  return bytes;
}

test('a replacement with a version counts, a directory does not', () => {
  const { main, dependencies } = parseModules(
    'mod\ta\t(devel)\t\ndep\tb\tv1.0.0\n=>\tc\tv2.0.0\th1:\ndep\td\tv1.5.0\n=>\t./d\t(devel)\ndep\te\t\ndep\n=>\n',
  );
  assert.deepEqual(main, { path: 'a', version: '(devel)' });
  assert.deepEqual(
    dependencies.map(({ path, version }) => `${path}@${version}`),
    ['c@v2.0.0', 'd@v1.5.0'],
  );
});

for (const [flags, version] of [
  ['-s -w -X main.version=v1.2.3', 'v1.2.3'],
  ["-X 'example.org/a/internal/build.Version=1.2.3-rc.1+x'", 'v1.2.3-rc.1+x'],
  ['-X=main.gitVersion=2.0.0', 'v2.0.0'],
  ['-X main.version=dev', undefined],
  ['-X main.goVersion=1.2.3', undefined],
  ['', undefined],
] as const)
  test(`the linker was told ${flags || 'nothing'}`, () => {
    const main = { path: 'a', version: '(devel)' };
    assert.equal(mainVersionOf(main, new Map([['-ldflags', flags]])), version);
    assert.equal(mainVersionOf({ ...main, version: 'v0.1.0' }, new Map([['-ldflags', flags]])), 'v0.1.0');
  });

const hasGo = spawnSync('go', ['version']).status === 0;
const skip = hasGo ? false : 'go is not installed';
if (skip) process.stderr.write(`SKIPPED: programs of every format: ${skip}\n`);

test('real programs of every format say what `go version -m` says', { skip, timeout: 300_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-go-'));
  try {
    mkdirSync(join(folder, 'rope'));
    writeFileSync(
      join(folder, 'go.mod'),
      'module example.org/mast\ngo 1.18\nrequire example.org/rope v1.2.3\nreplace example.org/rope => ./rope\n',
    );
    writeFileSync(
      join(folder, 'main.go'),
      'package main\n\nimport "example.org/rope"\n\nfunc main() { println(rope.Length) }\n',
    );
    writeFileSync(join(folder, 'rope', 'go.mod'), 'module example.org/rope\ngo 1.18\n');
    writeFileSync(join(folder, 'rope', 'rope.go'), 'package rope\n\nconst Length = 7\n');
    for (const [system, architecture, flags] of [
      ['linux', 'amd64', '-s -w'],
      ['linux', 'arm', ''],
      ['linux', 'mips', ''],
      ['windows', 'amd64', ''],
      ['darwin', 'arm64', ''],
    ] as const) {
      const env = { ...process.env, GOOS: system, GOARCH: architecture, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' };
      const built = spawnSync('go', ['build', '-ldflags', flags, '-o', 'mast', '.'], {
        cwd: folder,
        env,
        encoding: 'utf8',
      });
      assert.equal(built.status, 0, built.stderr);
      const told = spawnSync('go', ['version', '-m', 'mast'], { cwd: folder, encoding: 'utf8' }).stdout;
      const goVersion = /^mast: go(\S+)/.exec(told)?.[1];
      assert.match(told, /dep\texample\.org\/rope\tv1\.2\.3/);
      assert.deepEqual(
        read(readFileSync(join(folder, 'mast'))),
        [`stdlib@${goVersion}`, 'example.org/rope@v1.2.3'],
        system,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
