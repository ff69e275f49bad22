import type { Problem, ProblemCode } from '../../model/problem.ts';

/** An archive by its name in problems, and its size in bytes. */
export interface ZipPlace {
  readonly path: string;
  readonly size: number;
}

/** One file of an archive, as the central directory describes it. Its sizes are claims until its bytes are inflated. */
export interface ZipEntry {
  /** Relative, never with `..`; folders end in a slash. A name inside the archive, not one on the host. */
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly encrypted: boolean;
  /** Bytes in the archive. */
  readonly compressedSize: number;
  /** Bytes once inflated. */
  readonly size: number;
  readonly crc32: number;
  /** Byte in the archive at which its local header starts. */
  readonly headerOffset: number;
}

/**
 * A step that asks for bytes and is given exactly those, so that one reading serves archives in memory and on disk. It asks
 * for nothing outside the archive.
 */
export type Reads<T> = Generator<{ readonly offset: number; readonly length: number }, T, Buffer>;

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, section 4.3 */
export const signatures = Object.freeze({
  localHeader: 0x04034b50,
  directoryEntry: 0x02014b50,
  end: 0x06054b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
});

/** Bytes of a local header before its name. */
export const localHeaderBytes = 30;

/** A 64-bit number; `Infinity` past what a double holds exactly, which fits no archive. */
export function readUint64(bytes: Buffer, offset: number): number {
  const value = bytes.readUInt32LE(offset + 4) * 2 ** 32 + bytes.readUInt32LE(offset);
  return Number.isSafeInteger(value) ? value : Number.POSITIVE_INFINITY;
}

/** A name as text. Archivers that say nothing of the encoding use UTF-8 or ASCII today; other bytes become U+FFFD. */
export function readName(bytes: Buffer, start: number, length: number): string {
  return bytes.toString('utf8', start, start + length);
}

/** A problem at a byte of an archive. */
export function zipProblem(archive: ZipPlace, offset: number, code: ProblemCode, message: string): Problem {
  return {
    kind: 'problem',
    where: { path: archive.path, offset, unit: 'byte' },
    code,
    message: `The zip archive ${archive.path}: ${message}.`,
  };
}
