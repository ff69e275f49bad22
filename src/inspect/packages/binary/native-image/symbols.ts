import type { Program, Section } from '../../../../base/bytes/program/program.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

/** Of 64 bits: native images have no others. https://gabi.xinuos.com/elf/05-symtab.html */
const symbolBytes = 24;
/** Symbols that a program exports; libraries of it have some thousand. */
const maxTableBytes = 4 << 20;

/** The addresses of exported symbols by their names, those of them that are there. */
export function findSymbols(
  { sections, isLittleEndian }: Program,
  content: RandomAccess,
  names: readonly string[],
): ReadonlyMap<string, number> {
  const table = readTable(
    content,
    sections.find(({ name }) => name === '.dynsym'),
  );
  const texts = readTable(
    content,
    sections.find(({ name }) => name === '.dynstr'),
  );
  const found = new Map<string, number>();
  for (let at = 0; at + symbolBytes <= table.length; at += symbolBytes) {
    const text = isLittleEndian ? table.readUInt32LE(at) : table.readUInt32BE(at);
    const name = names.find((each) => texts.toString('latin1', text, text + each.length + 1) === `${each}\0`);
    const value = isLittleEndian ? table.readBigUInt64LE(at + 8) : table.readBigUInt64BE(at + 8);
    if (name !== undefined) found.set(name, Number(value));
  }
  return found;
}

function readTable(content: RandomAccess, section: Section | undefined): Buffer {
  if (section === undefined || section.size > maxTableBytes) return Buffer.alloc(0);
  return Buffer.from(content.read(section.offset, section.size));
}
