import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessBytes } from '../random-access.ts';
import { openProgram } from './open.ts';
import { programBounds } from './program.ts';

/** A Mach-O file with one LC_SEGMENT_64 that states how long it is and how many sections it has. */
function machOf(size: number, sections: number, bytes: number): Buffer {
  const file = Buffer.alloc(32 + bytes);
  file.writeUInt32LE(0xfeedfacf, 0);
  file.writeUInt32LE(1, 16);
  file.writeUInt32LE(bytes, 20);
  file.writeUInt32LE(25, 32);
  file.writeUInt32LE(size, 36);
  file.writeUInt32LE(sections, 32 + 64);
  return file;
}

test('a Mach-O file has no more sections than it has bytes for', () => {
  assert.equal(openProgram(accessBytes(machOf(152, 1, 152)))?.sections.length, 1);
  assert.equal(openProgram(accessBytes(machOf(0xffff_ffff, 0x7fff_ffff, 152)))?.sections.length, 1);
  const most = 72 + programBounds.maxSections * 80;
  assert.equal(openProgram(accessBytes(machOf(0xffff_ffff, 0x7fff_ffff, most)))?.sections.length, 4096);
  assert.equal(openProgram(accessBytes(machOf(0xffff_ffff, 0x7fff_ffff, most + 80))), undefined);
  assert.equal(openProgram(accessBytes(machOf(0, 1, 152))), undefined);
  assert.equal(openProgram(accessBytes(machOf(152, 0, 152).subarray(0, 35)))?.sections.length, 0);
});

for (const [format, head] of [
  ['ELF', Buffer.from('\x7fELF\x02\x01\x01', 'latin1')],
  ['PE', Buffer.from('MZ')],
  ['Mach-O', Buffer.from([0xcf, 0xfa, 0xed, 0xfe])],
  ['old Mach-O', Buffer.from([0xce, 0xfa, 0xed, 0xfe])],
] as const)
  test(`${format} whose numbers are all as large as can be is no program, at once`, () => {
    const bytes = Buffer.alloc(4096, 0xff);
    head.copy(bytes);
    const start = performance.now();
    const sections = openProgram(accessBytes(bytes))?.sections.length ?? 0;
    assert.ok(sections <= programBounds.maxSections && performance.now() - start < 1000);
  });
