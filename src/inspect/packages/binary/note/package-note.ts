import { HeaderReader, textAt } from '../../../../base/bytes/program/program.ts';

const headerBytes = 12;
const owner = 'FDO';
const packageMetadata = 0xcafe1a7e;
/** Real sections have one. */
const maxNotes = 64;

/**
 * The text of the first note of a section that is about a package; undefined where there is none. A note is three numbers (bytes of
 * its owner's name, bytes of its content, its type), then both, each filled up to four bytes.
 * https://gabi.xinuos.com/elf/07-pheader.html
 */
export function findPackageNote(section: Buffer, isLittleEndian: boolean): Buffer | undefined {
  const numbers = new HeaderReader(section, isLittleEndian);
  for (let at = 0, count = 0; at + headerBytes <= section.length && count < maxNotes; count++) {
    const [nameBytes, contentBytes, type] = [numbers.u32(at), numbers.u32(at + 4), numbers.u32(at + 8)];
    const start = at + headerBytes + filled(nameBytes);
    const end = start + contentBytes;
    if (end > section.length) return undefined;
    if (type === packageMetadata && textAt(section, at + headerBytes, nameBytes) === owner)
      return withoutFilling(section.subarray(start, end));
    at = start + filled(contentBytes);
  }
  return undefined;
}

function filled(bytes: number): number {
  return Math.ceil(bytes / 4) * 4;
}

function withoutFilling(content: Buffer): Buffer {
  const zero = content.indexOf(0);
  return zero < 0 ? content : content.subarray(0, zero);
}
