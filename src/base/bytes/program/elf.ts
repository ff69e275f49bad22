import type { RandomAccess } from '../random-access.ts';
import { HeaderReader, type Program, programBounds, type Section, type Segment, textAt } from './program.ts';

/** Where the two classes of ELF have the fields that are read. https://gabi.xinuos.com/elf/02-eheader.html */
const classes = {
  1: { addressBytes: 4, phoff: 28, shoff: 32, phentsize: 42, section: [12, 16, 20], sectionSize: 40 },
  2: { addressBytes: 8, phoff: 32, shoff: 40, phentsize: 54, section: [16, 24, 32], sectionSize: 64 },
} as const;

const noBits = 8;
const loadSegment = 1;

/** Reads the headers of an ELF file; undefined where they break the format. */
export function readElf(content: RandomAccess): Program | undefined {
  const head = Buffer.from(content.read(0, 64));
  const layout = head[4] === 1 ? classes[1] : head[4] === 2 ? classes[2] : undefined;
  if (head.length < 52 || head.readUInt32BE(0) !== 0x7f454c46 || layout === undefined) return undefined;
  const reader = new HeaderReader(head, head[5] !== 2);
  const sections = readSections(content, reader, layout);
  const segments = readSegments(content, reader, layout);
  if (sections === undefined || segments === undefined) return undefined;
  const { addressBytes } = layout;
  return { format: 'elf', isLittleEndian: reader.isLittleEndian, addressBytes, sections, segments };
}

type Layout = (typeof classes)[1] | (typeof classes)[2];

function readSections(content: RandomAccess, head: HeaderReader, layout: Layout): Section[] | undefined {
  const count = head.u16(layout.phentsize + 6);
  const entryBytes = head.u16(layout.phentsize + 4);
  if (count === 0) return [];
  if (count > programBounds.maxSections || entryBytes < layout.sectionSize || entryBytes > 256) return undefined;
  const table = new HeaderReader(
    Buffer.from(content.read(head.address(layout.shoff, layout.addressBytes), count * entryBytes)),
    head.isLittleEndian,
  );
  const names = readNames(content, table, entryBytes * head.u16(layout.phentsize + 8), layout);
  const sections: Section[] = [];
  for (let at = 0; at + entryBytes <= table.length; at += entryBytes) {
    const [address, offset, size] = layout.section.map((place) => table.address(at + place, layout.addressBytes));
    const takesRoom = table.u32(at + 4) !== noBits;
    sections.push({
      name: textAt(names, table.u32(at), 64),
      address: address!,
      offset: offset!,
      size: takesRoom ? size! : 0,
    });
  }
  return sections;
}

function readNames(content: RandomAccess, table: HeaderReader, at: number, layout: Layout): Buffer {
  const [, offset, size] = layout.section.map((place) => table.address(at + place, layout.addressBytes));
  return Buffer.from(content.read(offset!, Math.min(size!, programBounds.maxNamesBytes)));
}

function readSegments(content: RandomAccess, head: HeaderReader, layout: Layout): Segment[] | undefined {
  const count = head.u16(layout.phentsize + 2);
  const entryBytes = head.u16(layout.phentsize);
  if (count > programBounds.maxSegments || (count > 0 && (entryBytes < 32 || entryBytes > 256))) return undefined;
  const table = new HeaderReader(
    Buffer.from(content.read(head.address(layout.phoff, layout.addressBytes), count * entryBytes)),
    head.isLittleEndian,
  );
  const segments: Segment[] = [];
  for (let at = 0; at + entryBytes <= table.length && entryBytes > 0; at += entryBytes) {
    if (table.u32(at) === loadSegment) segments.push(readSegment(table, at, layout.addressBytes));
  }
  return segments;
}

/** The flags stand second in files of 64 bits, and seventh in those of 32. */
function readSegment(table: HeaderReader, at: number, bytes: number): Segment {
  const isWide = bytes === 8;
  const [offset, address, size] = (isWide ? [8, 16, 32] : [4, 8, 16]).map((place) => table.address(at + place, bytes));
  const flags = table.u32(at + (isWide ? 4 : 24));
  return { offset: offset!, address: address!, size: size!, isWritable: (flags & 2) !== 0 };
}
