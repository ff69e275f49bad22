import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { elfOf } from '../../../../../test/images/program.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { isUnread } from '../../../../base/unread.ts';
import type { Found } from '../../cataloguer.ts';
import { FileSelector } from '../../file-selector.ts';
import { joinFacts } from '../../join.ts';
import { kernel } from './index.ts';

const release = '6.1.0-50-cloud-amd64';
const modules = `lib/modules/${release}`;
const image = `boot/vmlinuz-${release}`;
const packed = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const testdata = (name: string) => gunzipSync(packed(`${name}.gz`));

const readKernel = await kernel.loadLarge!();
const find = (path: string, bytes: Buffer, limits = defaultLimits) => [
  ...readKernel({ path, content: accessBytes(bytes) }, limits),
];
const read = (path: string, bytes: Buffer) => rowsOf(find(path, bytes));
const kernelRow = (version: string) => [`generic linux-kernel ${version} installed`];

test('images say their release', () => {
  assert.deepEqual(read(image, testdata(`vmlinuz-${release}.head`)), kernelRow(release));
  // Also without a name that says it.
  assert.deepEqual(read('boot/vmlinuz', testdata(`vmlinuz-${release}.head`)), kernelRow(release));
  assert.deepEqual(read('boot/vmlinuz', testdata('vmlinuz-arm64.cut')), kernelRow('6.1.0-47-cloud-arm64'));
});

const elf = (text: string) => elfOf('.rodata', Buffer.from(text));
const x86 = (place: number, version: string) => {
  const bytes = Buffer.alloc(0x400);
  bytes.write('HdrS', 0x202);
  bytes.writeUInt16LE(0x20f, 0x206);
  bytes.writeUInt16LE(place, 0x20e);
  bytes.write(version, 0x300);
  return bytes;
};
const images: readonly (readonly [title: string, path: string, bytes: Buffer, rows: readonly string[]])[] = [
  [
    'uncompressed',
    'usr/share/kata-containers/vmlinux.container',
    elf('Linux version 6.12.28 (a@b)'),
    kernelRow('6.12.28'),
  ],
  ['the format of a banner first', 'boot/vmlinux', elf('Linux version %s\0Linux version 5.4.1\0'), kernelRow('5.4.1')],
  [
    'over the border of a step',
    'boot/vmlinux',
    elf(`${'x'.repeat((4 << 20) - 70)}Linux version 5.4.1\0`),
    kernelRow('5.4.1'),
  ],
  [
    'compressed, by its name',
    'boot/vmlinuz-6.6.1-arm64',
    gzipSync(Buffer.alloc(99_999, 'ab')),
    kernelRow('6.6.1-arm64'),
  ],
  ['compressed, by its folder', 'usr/lib/modules/6.6.1-2/vmlinuz', Buffer.alloc(99, 7), kernelRow('6.6.1-2')],
  ['compressed, by nothing', 'boot/vmlinuz', Buffer.alloc(99, 7), ['unsupported']],
  ['empty', image, Buffer.alloc(0), ['truncated']],
  ['cut off', 'boot/vmlinuz', testdata(`vmlinuz-${release}.head`).subarray(0, 9000), ['unsupported']],
  ['a place behind the end', 'boot/vmlinuz', x86(0xffff, ''), ['unsupported']],
  ['as it should be', 'boot/vmlinuz', x86(0x100, '6.1.2 (a@b)'), kernelRow('6.1.2')],
  ['no release', 'boot/vmlinuz', x86(0x100, 'hull'), ['unsupported']],
  ['a release without end', 'boot/vmlinuz', x86(0x100, `6.1.${'1'.repeat(99)}`), ['unsupported']],
  ['not UTF-8', 'boot/vmlinuz', x86(0x100, '6.1.2\xff'), ['unsupported']],
];
for (const [title, path, bytes, rows] of images)
  test(`an image: ${title}`, () => assert.deepEqual(read(path, bytes), rows));

test('an image of nothing but banners is soon done', () => {
  const hostile = elf('Linux version '.repeat((16 << 20) / 14));
  const start = performance.now();
  assert.deepEqual(read('boot/vmlinux', hostile), ['unsupported']);
  assert.ok(performance.now() - start < 5000);
});

test('modules with a version of their own, and what is not of the kernel', () => {
  const inTree = `${modules}/kernel/net/rudder.ko`;
  for (const [path, bytes] of [
    [inTree, testdata('rudder.ko')],
    [`${inTree}.gz`, packed('rudder.ko.gz')],
    [`${inTree}.zst`, packed('rudder.ko.zst')],
  ] as const)
    assert.deepEqual(read(path, bytes), ['generic rudder 1.0 installed'], path);
  assert.deepEqual(read(`${modules}/kernel/net/tiller.ko`, testdata('tiller.ko')), []);
  assert.deepEqual(read('opt/hull.ko', testdata('hull.ko')), ['generic hull 2.4.1-3 installed']);
  assert.deepEqual(read('opt/keel.ko', testdata('keel.ko')), ['unidentified']);
  const [hull] = find('opt/hull.ko', testdata('hull.ko'));
  assert.deepEqual(hull?.kind === 'package' && hull.licenses, ['Dual MIT/GPL']);
});

test('modules that are part of the kernel', () => {
  const rows = read(`${modules}/modules.builtin.modinfo`, testdata('modules.builtin.modinfo'));
  const expected = 'nvme 1.0,nvme_core 1.0,tcp_cubic 2.3,tpm 2.0,tpm_crb 0.1,tpm_tis 2.0,tpm_tis_core 2.0,xz_dec 1.1';
  assert.deepEqual(
    rows.sort(),
    expected.split(',').map((pin) => `generic ${pin} installed`),
  );
  assert.deepEqual(read(`${modules}/modules.builtin`, Buffer.alloc(0)), kernelRow(release));
  assert.deepEqual(read('lib/modules/hull/modules.builtin', Buffer.alloc(0)), []);
});

test('modules that are not read are counted once', () => {
  const list = 'kernel/a.ko.xz: kernel/b.ko.xz\nkernel/b.ko.xz:\nkernel/c.ko.zst:\n';
  const [item] = find(`${modules}/modules.dep`, Buffer.from(list));
  assert.ok(item?.kind === 'problem' && item.code === 'unidentified' && item.message.includes(' 2 modules'));
  assert.deepEqual(read(`${modules}/modules.dep`, Buffer.from('kernel/c.ko.zst:\n')), []);
});

const info = (text: string) => elfOf('.modinfo', Buffer.from(text, 'latin1'));
const harmed: readonly (readonly [title: string, path: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['by its file name', 'opt/hull-a.ko', info('version=1\0'), ['generic hull_a 1 installed']],
  ['a comment behind the version', 'opt/a.ko', info('version= 1.2 (beta)\0name=b'), ['generic b 1.2 installed']],
  ['empty', `${modules}/a.ko`, Buffer.alloc(0), ['truncated']],
  ['text in Korean', 'usr/share/man.ko', Buffer.from('한국어'), []],
  ['cut off', 'opt/a.ko', info('version=1\0').subarray(0, 90), ['malformed']],
  ['too long', 'opt/a.ko', info('a'.repeat((1 << 20) + 1)), ['too-large']],
  ['not UTF-8', 'opt/a.ko', info('version=\xff\0'), ['unidentified']],
  ['nothing but zeros', 'opt/a.ko', info('\0'.repeat(1000)), ['unidentified']],
  ['gzip cut off', 'lib/modules/1/a.ko.gz', packed('rudder.ko.gz').subarray(0, 300), ['truncated']],
  ['no gzip', 'lib/modules/1/a.ko.gz', Buffer.alloc(99, 7), ['malformed']],
  ['zstd cut off', 'lib/modules/1/a.ko.zst', packed('rudder.ko.zst').subarray(0, 300), ['truncated']],
  ['a bomb of gzip', 'lib/modules/1/a.ko.gz', gzipSync(Buffer.alloc(65 << 20)), ['too-large']],
  ['a bomb of zstd', 'lib/modules/1/a.ko.zst', zstdCompressSync(Buffer.alloc(65 << 20)), ['too-large']],
  [
    'a list cut off',
    `${modules}/modules.builtin.modinfo`,
    Buffer.from('a.version=1\0b.versi'),
    ['generic a 1 installed'],
  ],
];
for (const [title, path, bytes, rows] of harmed)
  test(`a module: ${title}`, () => assert.deepEqual(read(path, bytes), rows));

test('whatever bytes change, it is read or told', () => {
  for (const name of ['tiller.ko', 'hull.ko']) {
    const whole = testdata(name);
    for (let at = 0; at < whole.length; at += 5) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0xff;
      find('opt/a.ko', changed);
      find('opt/a.ko', whole.subarray(0, at));
    }
  }
});

test('which files', () => {
  const selector = new FileSelector([kernel]);
  for (const path of [
    image,
    'boot/vmlinuz',
    'usr/lib/modules/6.1/vmlinuz',
    'boot/Image.gz',
    'opt/a.ko',
    `${modules}/a.ko.zst`,
  ])
    assert.ok(selector.wantsName(path), path);
  for (const path of [
    `usr/lib/debug/${image}`,
    'usr/share/doc/README.ko.gz',
    'boot/config-6.1',
    'opt/vmlinuz-6.1',
    'boot/Images',
  ])
    assert.ok(!selector.wantsName(path), path);
});

test('what cannot be read of a file that a package owns makes no scan incomplete', () => {
  const paths = [`${modules}/modules.dep`, `${modules}/kernel/a.ko`, 'boot/vmlinuz'];
  const facts = () => [
    { path: paths[0]!, found: find(paths[0]!, Buffer.from('kernel/b.ko.xz:\n')) },
    { path: paths[1]!, found: find(paths[1]!, Buffer.alloc(0)) },
    { path: paths[2]!, found: find(paths[2]!, Buffer.alloc(99, 7)) },
  ];
  const unowned = joinFacts(facts()).problems;
  assert.deepEqual(unowned.map(({ code, unlessOwned }) => [code, unlessOwned, isUnread({ code })]).sort(), [
    ['truncated', undefined, true],
    ['unidentified', undefined, false],
    ['unsupported', undefined, true],
  ]);
  const owner: Found = { kind: 'ownership', type: 'rpm', owner: 'kernel-core', paths };
  assert.deepEqual(joinFacts([...facts(), { path: 'rpmdb.sqlite', found: [owner] }]).problems, []);
});

test('an image and its modules are one kernel', () => {
  const { packages } = joinFacts([
    { path: image, found: find(image, testdata(`vmlinuz-${release}.head`)) },
    { path: `${modules}/modules.builtin`, found: find(`${modules}/modules.builtin`, Buffer.alloc(0)) },
    {
      path: 'var/lib/dpkg/info/linux-image.list',
      found: [{ kind: 'ownership', type: 'deb', owner: 'linux-image', paths: [image, `${modules}/modules.builtin`] }],
    },
  ]);
  assert.deepEqual(
    packages.map(({ purl, ownedBy, locations }) => [purl, ownedBy, locations.length]),
    [[`pkg:generic/linux-kernel@${release}`, 'deb/linux-image', 2]],
  );
});
