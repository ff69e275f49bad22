import type { RandomAccess } from '../random-access.ts';
import { HeaderReader, type Program, programBounds, type Section, textAt } from './program.ts';

const writable = 0x8000_0000;
const sectionBytes = 40;

/** Reads the headers of a PE file; undefined where it is none. https://learn.microsoft.com/windows/win32/debug/pe-format */
export function readPe(content: RandomAccess): Program | undefined {
  const stub = new HeaderReader(Buffer.from(content.read(0, 64)), true);
  const start = stub.u32(0x3c);
  if (stub.length < 64 || start > 1 << 20) return undefined;
  const bytes = Buffer.from(content.read(start, 4096));
  const head = new HeaderReader(bytes, true);
  const magic = head.u16(24);
  if (head.u32(0) !== 0x4550 || (magic !== 0x10b && magic !== 0x20b)) return undefined;
  const base = magic === 0x20b ? head.u64(24 + 24) : head.u32(24 + 28);
  const count = head.u16(6);
  const table = start + 24 + head.u16(20);
  if (count > programBounds.maxSections) return undefined;
  const rows = Buffer.from(content.read(table, count * sectionBytes));
  const sections: (Section & { readonly isWritable: boolean })[] = [];
  for (let at = 0; at + sectionBytes <= rows.length; at += sectionBytes) sections.push(readSection(rows, at, base));
  return {
    format: 'pe',
    isLittleEndian: true,
    addressBytes: magic === 0x20b ? 8 : 4,
    sections,
    segments: sections,
  };
}

function readSection(rows: Buffer, at: number, base: number): Section & { readonly isWritable: boolean } {
  const reader = new HeaderReader(rows, true);
  return {
    name: textAt(rows, at, 8),
    address: base + reader.u32(at + 12),
    offset: reader.u32(at + 20),
    size: reader.u32(at + 16),
    isWritable: (reader.u32(at + 36) & writable) !== 0,
  };
}
