import type { RandomAccess } from '../random-access.ts';
import { HeaderReader, type Program, programBounds, type Section, type Segment, textAt } from './program.ts';

const maxCommandBytes = 1 << 20;
/** LC_SEGMENT and LC_SEGMENT_64, and where each has its fields. */
const layouts = {
  1: {
    addressBytes: 4,
    vmaddr: 24,
    fileoff: 32,
    filesize: 36,
    initprot: 44,
    nsects: 48,
    sections: 56,
    sectionBytes: 68,
  },
  25: {
    addressBytes: 8,
    vmaddr: 24,
    fileoff: 40,
    filesize: 48,
    initprot: 60,
    nsects: 64,
    sections: 72,
    sectionBytes: 80,
  },
} as const;

/**
 * Reads the headers of a Mach-O file; of a file that holds several, the first. Undefined where it is none.
 * https://github.com/apple-oss-distributions/xnu/blob/main/EXTERNAL_HEADERS/mach-o/loader.h
 */
export function readMachO(content: RandomAccess): Program | undefined {
  const fat = Buffer.from(content.read(0, 28));
  const start = fat.length === 28 && fat.readUInt32BE(0) === 0xcafebabe ? fat.readUInt32BE(16) : 0;
  const head = Buffer.from(content.read(start, 32));
  if (head.length < 32) return undefined;
  const magic = head.readUInt32LE(0);
  const isLittleEndian = magic === 0xfeedface || magic === 0xfeedfacf;
  const isBigEndian = magic === 0xcefaedfe || magic === 0xcffaedfe;
  if (!isLittleEndian && !isBigEndian) return undefined;
  const addressBytes = magic === 0xfeedfacf || magic === 0xcffaedfe ? 8 : 4;
  const reader = new HeaderReader(head, isLittleEndian);
  const bytes = Buffer.from(
    content.read(start + (addressBytes === 8 ? 32 : 28), Math.min(reader.u32(20), maxCommandBytes)),
  );
  const found = readCommands(bytes, isLittleEndian, start);
  return found && { format: 'mach-o', isLittleEndian, addressBytes, ...found };
}

function readCommands(bytes: Buffer, isLittleEndian: boolean, start: number) {
  const reader = new HeaderReader(bytes, isLittleEndian);
  const sections: Section[] = [];
  const segments: Segment[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const [command, size] = [reader.u32(at), reader.u32(at + 4)];
    if (size < 8) return undefined;
    if (command === 1 || command === 25) {
      const layout = layouts[command];
      segments.push(readSegment(reader, at, layout, start));
      sections.push(...readSections(bytes, reader, at, size, layout, start));
      if (segments.length > programBounds.maxSegments || sections.length > programBounds.maxSections) return undefined;
    }
    at += size;
  }
  return { sections, segments };
}

type Layout = (typeof layouts)[1] | (typeof layouts)[25];

function readSegment(reader: HeaderReader, at: number, layout: Layout, start: number): Segment {
  return {
    address: reader.address(at + layout.vmaddr, layout.addressBytes),
    offset: start + reader.address(at + layout.fileoff, layout.addressBytes),
    size: reader.address(at + layout.filesize, layout.addressBytes),
    isWritable: (reader.u32(at + layout.initprot) & 2) !== 0,
  };
}

function* readSections(
  bytes: Buffer,
  reader: HeaderReader,
  at: number,
  size: number,
  { addressBytes, nsects, sections, sectionBytes }: Layout,
  start: number,
): Generator<Section> {
  const present = Math.min(size, bytes.length - at);
  const count = Math.min(reader.u32(at + nsects), Math.floor((present - sections) / sectionBytes));
  for (let place = 0; place < count; place++) {
    const row = at + sections + place * sectionBytes;
    yield {
      name: `${textAt(bytes, row + 16, 16)},${textAt(bytes, row, 16)}`,
      address: reader.address(row + 32, addressBytes),
      offset: start + reader.u32(row + 32 + 2 * addressBytes),
      size: reader.address(row + 32 + addressBytes, addressBytes),
    };
  }
}
