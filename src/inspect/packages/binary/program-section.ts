import { openProgram } from '../../../base/bytes/program/open.ts';
import type { RandomAccess } from '../../../base/bytes/random-access.ts';

/** What a section of a program holds, or why it is not read. */
export type SectionBytes =
  | { readonly bytes: Buffer; readonly isLittleEndian: boolean }
  | { readonly damage: 'too-large' | 'truncated' };

/** Reads a section by its name; undefined where the file is no program or has no such section. */
export function readSection(
  content: RandomAccess,
  names: readonly string[],
  maxBytes: number,
): SectionBytes | undefined {
  const program = openProgram(content);
  const section = program?.sections.find(({ name }) => names.includes(name));
  if (program === undefined || section === undefined || section.size === 0) return undefined;
  if (section.size > maxBytes) return { damage: 'too-large' };
  const bytes = Buffer.from(content.read(section.offset, section.size));
  return bytes.length < section.size ? { damage: 'truncated' } : { bytes, isLittleEndian: program.isLittleEndian };
}
