import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { defaultLimits } from '../../../../base/limits.ts';
import { readNativeImage } from './read-native-image.ts';

const whole = readFileSync(new URL('testdata/native.elf', import.meta.url));
const read = (bytes: Buffer) =>
  rowsOf([...readNativeImage({ path: 'srv/lamp', content: accessBytes(bytes) }, defaultLimits)]);

/** The program with other bytes at the bill, which begins with the sign of gzip, or behind it. */
function change(bytes: Buffer, at: number): Buffer {
  const changed = Buffer.from(whole);
  bytes.copy(changed, at);
  return changed;
}
const bill = whole.indexOf(Buffer.from('1f8b08', 'hex'));
const lengthAt = whole.findLastIndex((_, at) => at > bill && at % 8 === 0 && isLength(at));

function isLength(at: number): boolean {
  if (at + 8 > whole.length) return false;
  const length = Number(whole.readBigUInt64LE(at));
  return length > 200 && length <= at - bill && length > at - bill - 8;
}

test('a native program says its libraries', () =>
  assert.deepEqual(read(whole), [
    'maven org.example:lamp 1.0.0 installed',
    'maven io.netty:netty-codec-http2 4.1.76.Final installed',
    'maven org.example:tide 2.1.0 installed',
  ]));

const size = (length: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(length);
  return change(bytes, lengthAt);
};
const cases: readonly (readonly [title: string, bytes: Buffer, rows: readonly string[]])[] = [
  ['empty', Buffer.alloc(0), []],
  ['cut off before its sections', whole.subarray(0, bill), []],
  ['another program', Buffer.from(whole.toString('latin1').replace('.svm_heap', '.svm_heaq'), 'latin1'), []],
  ['no bill', Buffer.from(whole.toString('latin1').replace('\0sbom\0', '\0sbon\0'), 'latin1'), []],
  ['something else', change(Buffer.from('none'), bill), ['malformed']],
  ['a bill that is cut off', size(100n), ['truncated']],
  ['no bytes', size(0n), ['truncated']],
];
for (const [title, bytes, rows] of cases) test(`native image: ${title}`, () => assert.deepEqual(read(bytes), rows));

test('a byte that is wrong throws nothing', () => {
  for (let at = 0; at < whole.length; at += 3) {
    const broken = Buffer.from(whole);
    broken[at]! ^= 0xff;
    read(broken);
  }
});
