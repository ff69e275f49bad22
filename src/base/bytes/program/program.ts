import type { RandomAccess } from '../random-access.ts';

/** A part of a program by its name, such as `.go.buildinfo`; the segment stands before a comma in Mach-O: `__DATA,__go_buildinfo`. */
export interface Section {
  readonly name: string;
  /** Where it is in memory when the program runs. */
  readonly address: number;
  /** Where it is in the file, in bytes; 0 of `size` where it takes no room there. */
  readonly offset: number;
  readonly size: number;
}

/** A stretch of the file that is in memory when the program runs. */
export interface Segment {
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly isWritable: boolean;
}

/** What the headers of a program or library say. */
export interface Program {
  readonly format: 'elf' | 'pe' | 'mach-o';
  readonly isLittleEndian: boolean;
  /** Bytes of an address: 4 or 8. */
  readonly addressBytes: number;
  readonly sections: readonly Section[];
  readonly segments: readonly Segment[];
}

/** Bounds of headers, past which a file counts as no program. Real ones have some 50 sections. */
export const programBounds = Object.freeze({ maxSections: 4096, maxSegments: 256, maxNamesBytes: 1 << 20 });

/** Numbers of a header in its byte order; 0 past its end. */
export class HeaderReader {
  readonly #view: DataView;
  readonly isLittleEndian: boolean;

  constructor(bytes: Buffer, isLittleEndian: boolean) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.isLittleEndian = isLittleEndian;
  }

  get length(): number {
    return this.#view.byteLength;
  }

  u16(at: number): number {
    return at + 2 <= this.length ? this.#view.getUint16(at, this.isLittleEndian) : 0;
  }

  u32(at: number): number {
    return at + 4 <= this.length ? this.#view.getUint32(at, this.isLittleEndian) : 0;
  }

  /** As a number: what passes 2^53 is no place in a file. */
  u64(at: number): number {
    return at + 8 <= this.length ? Number(this.#view.getBigUint64(at, this.isLittleEndian)) : 0;
  }

  address(at: number, bytes: number): number {
    return bytes === 8 ? this.u64(at) : this.u32(at);
  }
}

/** Text up to a zero byte, at most `length` bytes. */
export function textAt(bytes: Buffer, at: number, length: number): string {
  if (at >= bytes.length) return '';
  // Only these bytes are searched: a caller may ask at each of a million places of a file that has no zero.
  const text = bytes.subarray(at, at + length);
  const zero = text.indexOf(0);
  return text.toString('latin1', 0, zero < 0 ? text.length : zero);
}

/** Bytes of the file at an address of memory; none where no segment holds it. */
export function readAddress({ segments }: Program, content: RandomAccess, address: number, length: number): Buffer {
  const segment = segments.find((each) => address >= each.address && address < each.address + each.size);
  if (segment === undefined) return Buffer.alloc(0);
  const within = address - segment.address;
  return Buffer.from(content.read(segment.offset + within, Math.min(length, segment.size - within)));
}
