import type { RandomAccess } from '../random-access.ts';
import { readElf } from './elf.ts';
import { readMachO } from './mach-o.ts';
import { readPe } from './pe.ts';
import type { Program } from './program.ts';

/**
 * Reads the headers of a program or library; undefined where it is none, or they break their format.
 * @param wanted The section that is looked for: an ELF file that has sections but not this one is passed over.
 */
export function openProgram(content: RandomAccess, wanted?: string): Program | undefined {
  const head = content.read(0, 4);
  if (head.length < 4) return undefined;
  if (head[0] === 0x4d && head[1] === 0x5a) return readPe(content);
  return head.readUInt32BE(0) === 0x7f454c46 ? readElf(content, wanted) : readMachO(content);
}
