import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { tarHeader } from '../../../../base/bytes/tar/writer.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { debFile } from './index.ts';

const testdata = (name: string) => readFileSync(new URL(`./testdata/${name}`, import.meta.url));
const readDeb = await debFile.loadLarge!();
const find = (bytes: Buffer, path = 'opt/a.deb') => [...readDeb({ path, content: accessBytes(bytes) }, defaultLimits)];

for (const compression of ['none', 'gzip', 'xz', 'zstd'])
  test(`control data in ${compression}`, () => {
    assert.deepEqual(find(testdata(`keel-${compression}.deb`)), [
      {
        kind: 'package',
        type: 'deb',
        name: 'keel',
        version: '1:2.4.1-3+b1',
        state: 'declared',
        source: { name: 'hull', version: '1:2.4.1-3' },
        architecture: 'amd64',
        maintainer: 'Ann <ann@example.org>',
      },
    ]);
  });

test('a library with other files beside its control file, whole and without its data', () => {
  const whole = testdata('libhull2_30+20221128-1_amd64.deb');
  const [item] = find(whole);
  assert.deepEqual(find(whole.subarray(0, whole.indexOf('data.tar'))), [item]);
  assert.ok(item?.kind === 'package');
  assert.deepEqual(
    [item.name, item.version, item.architecture, item.source],
    ['libhull2', '30+20221128-1', 'amd64', { name: 'hull', version: '30+20221128-1' }],
  );
});

const member = (name: string, content: Buffer, size = content.length) =>
  Buffer.concat([
    Buffer.from(`${name.padEnd(16)}${'0'.padEnd(12)}${'0'.padEnd(12)}${'100644'.padEnd(8)}${`${size}`.padEnd(10)}\`\n`),
    content,
    Buffer.alloc(content.length % 2),
  ]);
const deb = (...members: readonly Buffer[]) =>
  Buffer.concat([Buffer.from('!<arch>\n'), member('debian-binary', Buffer.from('2.0\n')), ...members]);
const tar = (name: string, text: string, size = text.length) => {
  const header = tarHeader({ path: name, size });
  return Buffer.concat([header, Buffer.from(text, 'latin1'), Buffer.alloc(-text.length & 511), Buffer.alloc(1024)]);
};
const control = 'Package: keel\nVersion: 1-2\n';
const good = member('control.tar.gz', gzipSync(tar('./control', control)));
const row = ['deb keel 1-2 declared'];
const keel = testdata('keel-xz.deb');

const cases: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['as it should be', deb(good), row],
  ['behind another member', deb(member('_x', Buffer.from('a')), good), row],
  ['a name without folder', deb(member('control.tar', tar('control', control))), row],
  ['empty', Buffer.alloc(0), ['truncated']],
  ['something else', Buffer.from('<html>not found</html>'), ['malformed']],
  ['only its magic', Buffer.from('!<arch>\n'), ['truncated']],
  ['cut off', keel.subarray(0, 300), ['truncated']],
  ['a size that lies', deb(member('control.tar.gz', Buffer.alloc(9), 5000)), ['truncated']],
  ['a size that lies much', deb(member('control.tar.gz', Buffer.alloc(9), 4_000_000_000)), ['too-large']],
  [
    'a size that is none',
    deb(Buffer.from(good.toString('latin1').replace(/100644 {2}\d/, '100644  x'), 'latin1')),
    ['malformed'],
  ],
  ['too many members before', deb(...Array(9).fill(member('x', Buffer.alloc(99))), good), ['malformed']],
  ['a bomb', deb(member('control.tar.gz', gzipSync(Buffer.alloc(9 << 20)))), ['too-large']],
  ['compressed by something else', deb(member('control.tar.lzma', Buffer.alloc(99))), ['unsupported']],
  ['no control file', deb(member('control.tar', tar('./md5sums', 'a'))), ['malformed']],
  ['a control file that leaves it', deb(member('control.tar', tar('./control', 'a', 99_999))), ['malformed']],
  ['no version', deb(member('control.tar', tar('./control', 'Package: keel\n'))), ['incomplete']],
  ['not UTF-8', deb(member('control.tar', tar('./control', 'Package: k\xff\nVersion: 1\n'))), ['incomplete']],
];
for (const [title, bytes, rows] of cases)
  test(`a package: ${title}`, () => assert.deepEqual(rowsOf(find(bytes)), rows));

test('its name says what its control data does not', () => {
  const bytes = deb(member('control.tar.lzma', Buffer.alloc(99)));
  const rows = rowsOf(find(bytes, 'var/cache/apt/archives/keel_1%3a2.4.1-3+b1_amd64.deb'));
  assert.deepEqual(rows, ['unsupported', 'deb keel 1:2.4.1-3+b1 declared']);
});

test('whatever bytes change, it is read or told', () => {
  for (const name of ['keel-gzip.deb', 'keel-xz.deb', 'keel-zstd.deb']) {
    const whole = testdata(name);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 0xff;
      assert.equal(find(changed).length, 1);
      assert.equal(find(whole.subarray(0, at)).length, 1);
    }
  }
});
