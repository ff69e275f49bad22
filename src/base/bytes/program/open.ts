import type { RandomAccess } from '../random-access.ts';
import { readElf } from './elf.ts';
import { readMachO } from './mach-o.ts';
import { readPe } from './pe.ts';
import type { Program } from './program.ts';

/** Several readers look into each file, one after the other. */
const opened = new WeakMap<RandomAccess, { readonly program: Program | undefined }>();

/** Reads the headers of a program or library; undefined where it is none, or they break their format. */
export function openProgram(content: RandomAccess): Program | undefined {
  const known = opened.get(content);
  if (known !== undefined) return known.program;
  const program = readHeaders(content);
  opened.set(content, { program });
  return program;
}

function readHeaders(content: RandomAccess): Program | undefined {
  const head = content.read(0, 4);
  if (head.length < 4) return undefined;
  if (head[0] === 0x4d && head[1] === 0x5a) return readPe(content);
  return head.readUInt32BE(0) === 0x7f454c46 ? readElf(content) : readMachO(content);
}
