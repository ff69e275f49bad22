import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { rowsOf } from '../../../../../test/images/found-rows.ts';
import { elfOf } from '../../../../../test/images/program.ts';
import { accessBytes } from '../../../../base/bytes/random-access.ts';
import { joinFacts } from '../../join.ts';
import { readNote } from './read-note.ts';

const fileOf = (name: string) => readFileSync(new URL(`testdata/${name}`, import.meta.url));
const find = (bytes: Uint8Array) => [...readNote({ path: 'usr/bin/hull', content: accessBytes(bytes) })];
const read = (bytes: Uint8Array) => rowsOf(find(bytes));

test('programs say the packages that the linker was told', () => {
  assert.deepEqual(read(fileOf('busctl.elf')), ['deb systemd 252.38-1~deb12u1 installed']);
  assert.deepEqual(read(fileOf('hull.elf')), ['rpm hull 4711.0815.fc13 installed']);
  assert.deepEqual(read(fileOf('keel.elf')), ['deb keel 2.4.1-3 installed']);
  const [keel] = find(fileOf('keel.elf'));
  assert.ok(keel?.kind === 'package' && keel.architecture === 'amd64');
});

function noteOf(content: string, { owner = 'FDO\0', type = 0xcafe1a7e, length = content.length } = {}): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt32LE(owner.length, 0);
  head.writeUInt32LE(length, 4);
  head.writeUInt32LE(type, 8);
  const body = Buffer.from(owner.padEnd(4, '\0') + content.padEnd(Math.ceil(content.length / 4) * 4, '\0'));
  return Buffer.concat([head, body]);
}

const keel = '{"type":"apk","name":"keel","version":"1.2-r0"}';
const cases: readonly (readonly [title: string, section: Buffer, rows: readonly string[]])[] = [
  ['as it should be', noteOf(keel), ['apk keel 1.2-r0 installed']],
  [
    'behind others',
    Buffer.concat([noteOf('', { owner: 'GNU\0' }), noteOf('abcde'.repeat(3), { type: 1 }), noteOf(keel)]),
    ['apk keel 1.2-r0 installed'],
  ],
  ['pacman', noteOf(keel.replace('apk', 'pacman')), ['alpm keel 1.2-r0 installed']],
  ['a purl of a language', noteOf('{"purl":"pkg:npm/%40scope/keel@1.0.0"}'), ['npm @scope/keel 1.0.0 installed']],
  ['of another owner', noteOf(keel, { owner: 'GNU\0' }), ['malformed']],
  ['cut off', noteOf(keel).subarray(0, 30), ['malformed']],
  ['a lying length', noteOf(keel, { length: 0xffff_fff0 }), ['malformed']],
  ['only zeros', Buffer.alloc(60_000), ['malformed']],
  ['too large', Buffer.alloc(70_000), ['too-large']],
  ['not JSON', noteOf('keel'), ['malformed']],
  ['a list', noteOf('[]'), ['malformed']],
  ['empty', noteOf('', { length: 0 }), ['truncated']],
  ['not UTF-8', Buffer.from(noteOf(keel).toString('latin1').replace('keel', 'k\xff\x00l'), 'latin1'), ['malformed 1']],
  ['without version', noteOf('{"type":"apk","name":"keel"}'), ['incomplete']],
  ['wrong kinds', noteOf('{"type":["apk"],"name":{},"version":1,"purl":2}'), ['incomplete']],
  ['words with spaces', noteOf('{"type":"apk","name":"a b","version":"1"}'), ['incomplete']],
];
for (const [title, section, rows] of cases)
  test(`.note.package: ${title}`, () => assert.deepEqual(read(elfOf('.note.package', section)), rows));

test('what has no note has nothing to say, and a damaged file throws nothing', () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('MZ'), elfOf('.note', Buffer.alloc(99))])
    assert.deepEqual(read(bytes), []);
  const whole = fileOf('busctl.elf');
  for (let length = 0; length < whole.length; length += 3) read(whole.subarray(0, length));
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 0xff;
    read(changed);
  }
});

test('the database knows the same package better', () => {
  const database = { kind: 'package', type: 'apk', name: 'keel', version: '1.2-r0', state: 'installed' } as const;
  const { packages } = joinFacts([
    { path: 'usr/bin/keel', found: find(elfOf('.note.package', noteOf(keel))) },
    { path: 'var/lib/apk', found: [{ ...database, maintainer: 'M', source: { name: 'ship', version: '1.2-r0' } }] },
  ]);
  assert.deepEqual(
    packages.map(({ name, source, maintainer, locations }) => [name, source?.name, maintainer, locations.length]),
    [['keel', 'ship', 'M', 2]],
  );
});
