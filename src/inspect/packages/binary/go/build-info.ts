import { openProgram } from '../../../../base/bytes/program/open.ts';
import { HeaderReader, type Program, readAddress } from '../../../../base/bytes/program/program.ts';
import type { RandomAccess } from '../../../../base/bytes/random-access.ts';

/** What the compiler wrote into a program. */
export interface BuildInfo {
  /** `go1.22.3`. */
  readonly goVersion: string;
  /** Lines of module information; empty where it was made without modules. */
  readonly modules: string;
}

const magic = Buffer.from('\xff Go buildinf:', 'latin1');
const headerBytes = 32;
const alignment = 16;
/** Programs with a thousand modules have some 100 KB of them. */
const maxTextBytes = 4 << 20;
/** Of a data segment; where there is no section of its own, the header stands at its beginning. */
const searchBytes = 1 << 20;

/** Undefined for a program that Go did not make; `damaged` for one that breaks off or lies. https://go.dev/src/debug/buildinfo/buildinfo.go */
export function readBuildInfo(content: RandomAccess): BuildInfo | 'damaged' | undefined {
  const program = openProgram(content);
  if (program === undefined) return undefined;
  const start = findHeader(program, content);
  if (start === undefined) return undefined;
  const header = Buffer.from(content.read(start, headerBytes));
  if (header.length < headerBytes) return 'damaged';
  const flags = header[15]!;
  return (flags & 2) !== 0 ? readInline(content, start + headerBytes) : readPointers(program, content, header);
}

function findHeader(program: Program, content: RandomAccess): number | undefined {
  const own = program.sections.find(({ name }) => name === '.go.buildinfo' || name === '__DATA,__go_buildinfo');
  if (own !== undefined) return searchMagic(content, own.offset, Math.min(own.size, searchBytes));
  // Windows has no section for it, and stripped programs may have no sections at all.
  if (program.format === 'elf' && program.sections.length > 0) return undefined;
  for (const { isWritable, offset, size } of program.segments) {
    const found = isWritable ? searchMagic(content, offset, Math.min(size, searchBytes)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function searchMagic(content: RandomAccess, offset: number, size: number): number | undefined {
  const bytes = content.read(offset, size);
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1))
    if (at % alignment === 0) return offset + at;
  return undefined;
}

/** Since Go 1.18: two texts, each after its length. */
function readInline(content: RandomAccess, start: number): BuildInfo | 'damaged' {
  const version = readText(content, start);
  const modules = version && readText(content, version.end);
  if (version === undefined || modules === undefined) return 'damaged';
  return { goVersion: version.text.toString('latin1'), modules: unframe(modules.text) };
}

function readText(content: RandomAccess, start: number): { readonly text: Buffer; readonly end: number } | undefined {
  const head = Buffer.from(content.read(start, 10));
  let length = 0;
  for (let at = 0; at < head.length; at++) {
    length += (head[at]! & 0x7f) * 2 ** (7 * at);
    if (head[at]! >= 0x80) continue;
    if (length > maxTextBytes) return undefined;
    const text = Buffer.from(content.read(start + at + 1, length));
    return text.length === length ? { text, end: start + at + 1 + length } : undefined;
  }
  return undefined;
}

/** Before Go 1.18: addresses of two strings, each an address and a length. */
function readPointers(program: Program, content: RandomAccess, header: Buffer): BuildInfo | 'damaged' {
  const bytes = header[14]!;
  if (bytes !== 4 && bytes !== 8) return 'damaged';
  const reader = new HeaderReader(header, (header[15]! & 1) === 0);
  const { isLittleEndian } = reader;
  const [version, modules] = [16, 16 + bytes].map((at) =>
    readString(program, content, reader.address(at, bytes), { bytes, isLittleEndian }),
  );
  if (version === undefined || modules === undefined) return 'damaged';
  return { goVersion: version.toString('latin1'), modules: unframe(modules) };
}

function readString(
  program: Program,
  content: RandomAccess,
  address: number,
  { bytes, isLittleEndian }: { readonly bytes: number; readonly isLittleEndian: boolean },
): Buffer | undefined {
  const header = new HeaderReader(readAddress(program, content, address, 2 * bytes), isLittleEndian);
  const length = header.address(bytes, bytes);
  if (header.length < 2 * bytes || length > maxTextBytes) return undefined;
  const text = readAddress(program, content, header.address(0, bytes), length);
  return text.length === length ? text : undefined;
}

/** The linker puts 16 bytes before and after the lines, by which other programs once found them. */
function unframe(text: Buffer): string {
  const isFramed = text.length >= 33 && text[text.length - 17] === 0x0a;
  return isFramed ? text.toString('utf8', 16, text.length - 16) : '';
}
