import { isUtf8 } from 'node:buffer';

/** Bytes of a tar block: headers are one block, bodies are padded to whole blocks. */
export const blockBytes = 512;

/** One 512-byte header as it stands, before PAX and GNU records are applied. */
export interface RawHeader {
  readonly name: string;
  readonly linkName: string;
  /** The typeflag as one character; `0` where the field is NUL. */
  readonly type: string;
  /** Bytes of the body in the archive. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
}

/**
 * Reads a header block. Undefined where the checksum or a number is wrong: this is no tar header.
 * Formats: v7, POSIX ustar (https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html) and GNU
 * (https://www.gnu.org/software/tar/manual/html_node/Standard.html).
 */
export function parseHeader(block: Buffer): RawHeader | undefined {
  if (!hasRightChecksum(block)) return undefined;
  const size = readNumber(block, 124, 12);
  if (size === undefined || size < 0) return undefined;
  const flag = block[156]!;
  return {
    name: readName(block),
    linkName: readText(block, 157, 100),
    type: flag === 0 ? '0' : String.fromCharCode(flag),
    size,
    mode: (readNumber(block, 100, 8) ?? 0) & 0o7777,
    uid: readNumber(block, 108, 8) ?? 0,
    gid: readNumber(block, 116, 8) ?? 0,
    mtime: readNumber(block, 136, 12) ?? 0,
    deviceMajor: readNumber(block, 329, 8) ?? 0,
    deviceMinor: readNumber(block, 337, 8) ?? 0,
  };
}

/** Whether a block is all zero: two of them end the archive. */
export function isZeroBlock(block: Buffer): boolean {
  return block.every((byte) => byte === 0);
}

/** Text up to the first NUL. Names that are not UTF-8 are read as Latin-1, so that two different names stay different. */
export function readText(block: Buffer, start: number, length: number): string {
  let end = start;
  let isAscii = true;
  for (; end < start + length && block[end] !== 0; end++) if (block[end]! > 0x7f) isAscii = false;
  return isAscii ? block.toString('latin1', start, end) : decodeName(block.subarray(start, end));
}

export function decodeName(bytes: Buffer): string {
  return bytes.toString(isUtf8(bytes) ? 'utf8' : 'latin1');
}

/** Octal text, or GNU's base-256 where the first bit is set. Undefined for anything else, or past 2^53. */
export function readNumber(block: Buffer, start: number, length: number): number | undefined {
  return block[start]! & 0x80 ? readBase256(block, start, length) : readOctal(block, start, length);
}

function readOctal(block: Buffer, start: number, length: number): number | undefined {
  let value = 0;
  let digits = 0;
  for (let at = start; at < start + length; at++) {
    const byte = block[at]!;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + byte - 0x30;
      digits++;
    } else if (byte === 0 || byte === 0x20) {
      if (digits > 0) break;
    } else return undefined;
  }
  return value;
}

function readBase256(block: Buffer, start: number, length: number): number | undefined {
  const negative = (block[start]! & 0x40) !== 0;
  let value = negative ? (block[start]! & 0x3f) - 0x40 : block[start]! & 0x3f;
  for (let at = start + 1; at < start + length; at++) value = value * 256 + block[at]!;
  return Number.isSafeInteger(value) ? value : undefined;
}

function readName(block: Buffer): string {
  const name = readText(block, 0, 100);
  // Only POSIX has a prefix; GNU's magic is followed by a space and keeps times in those bytes.
  const isPosix = block[257] === 0x75 && block[262] === 0;
  const prefix = isPosix && block[345] !== 0 ? readText(block, 345, 155) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

/** The checksum counts its own field as spaces; some old writers summed signed bytes. */
function hasRightChecksum(block: Buffer): boolean {
  const stated = readOctal(block, 148, 8);
  if (stated === undefined) return false;
  let field = 0;
  for (let at = 148; at < 156; at++) field += block[at]!;
  const unsigned = sumOfBytes(block) - field + 8 * 0x20;
  return stated === unsigned || stated === unsigned - countHighBytes(block) * 256;
}

/** Four bytes at a time where the block lies so: a tenth of a walk would be summing otherwise. */
function sumOfBytes(block: Buffer): number {
  if (block.byteOffset % 4 !== 0) return block.reduce((sum, byte) => sum + byte, 0);
  const words = new Uint32Array(block.buffer, block.byteOffset, blockBytes / 4);
  let even = 0;
  let odd = 0;
  // Two sums of 16 bits in each: 128 words of at most 255 fit.
  for (let at = 0; at < words.length; at++) {
    even += words[at]! & 0x00ff00ff;
    odd += (words[at]! >>> 8) & 0x00ff00ff;
  }
  return (even & 0xffff) + (even >>> 16) + (odd & 0xffff) + (odd >>> 16);
}

function countHighBytes(block: Buffer): number {
  let count = 0;
  for (let at = 0; at < blockBytes; at++) if (block[at]! > 0x7f && (at < 148 || at >= 156)) count++;
  return count;
}
