// Makes programs of headers and one section, as tests of what programs note about themselves need them.

/** An ELF file of 64 bits with one section beside that of the names. https://gabi.xinuos.com/elf/02-eheader.html */
export function elfOf(name: string, section: Buffer): Buffer {
  const names = Buffer.from(`\0${name}\0.shstrtab\0`);
  const namesAt = 64 + section.length;
  const tableAt = namesAt + names.length;
  const head = Buffer.alloc(64);
  head.write('\x7fELF\x02\x01\x01', 0, 'latin1');
  head.writeBigUInt64LE(BigInt(tableAt), 40);
  for (const [at, value] of [
    [52, 64],
    [58, 64],
    [60, 3],
    [62, 2],
  ] as const)
    head.writeUInt16LE(value, at);
  const table = Buffer.alloc(3 * 64);
  writeSection(table, 64, { name: 1, offset: 64, size: section.length });
  writeSection(table, 128, { name: name.length + 2, offset: namesAt, size: names.length });
  return Buffer.concat([head, section, names, table]);
}

function writeSection(
  table: Buffer,
  at: number,
  { name, offset, size }: { readonly name: number; readonly offset: number; readonly size: number },
): void {
  table.writeUInt32LE(name, at);
  table.writeUInt32LE(1, at + 4);
  table.writeBigUInt64LE(BigInt(offset), at + 24);
  table.writeBigUInt64LE(BigInt(size), at + 32);
}

/** A Mach-O file of 64 bits with one segment of one section. */
export function machOOf(segment: string, name: string, section: Buffer): Buffer {
  const head = Buffer.alloc(32 + 72 + 80);
  head.writeUInt32LE(0xfeedfacf, 0);
  head.writeUInt32LE(1, 16);
  head.writeUInt32LE(152, 20);
  head.writeUInt32LE(25, 32);
  head.writeUInt32LE(152, 36);
  head.write(segment, 40, 'latin1');
  head.writeUInt32LE(1, 32 + 64);
  head.write(name, 104, 'latin1');
  head.write(segment, 120, 'latin1');
  head.writeBigUInt64LE(BigInt(section.length), 104 + 40);
  head.writeUInt32LE(head.length, 104 + 48);
  return Buffer.concat([head, section]);
}
