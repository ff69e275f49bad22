import type { Unpacked } from '../unpack-whole.ts';
import type { Output } from './lzma.ts';
import { type Lzma2Damage, unpackLzma2 } from './lzma2.ts';

const magic = Buffer.from('fd377a585a00', 'hex');
const streamHeaderBytes = 12;
const lzma2 = 0x21;

/** Bytes of a block's check by its kind. https://tukaani.org/xz/xz-file-format.txt, 2.1.1.2 */
const checkBytes = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

/**
 * Unpacks the first stream of a small file of xz: Node.js has no function for it, and this one has some 5 MB a second. Only what `xz` does
 * without further options is read, not its filters for programs. The checks are not compared: what is read out of an image
 * is believed no more for being whole.
 */
export function unpackXz(packed: Buffer, maxUnpackedBytes: number): Unpacked {
  if (packed.length < streamHeaderBytes) return damaged('truncated', 0);
  if (!packed.subarray(0, 6).equals(magic)) return damaged('malformed', 0);
  const output: Output = { bytes: Buffer.alloc(sizeOf(packed, maxUnpackedBytes)), length: 0 };
  const check = checkBytes[packed[7]! & 15]!;
  let at = streamHeaderBytes;
  // Behind the blocks comes their index, which begins with a zero.
  while (at < packed.length && packed[at] !== 0) {
    const start = findBlockData(packed, at);
    const end = typeof start === 'string' ? start : unpackLzma2(packed, start, output);
    if (typeof end === 'string') return damaged(end, maxUnpackedBytes, output);
    at = Math.ceil(end / 4) * 4 + check;
  }
  return at < packed.length
    ? { bytes: output.bytes.subarray(0, output.length) }
    : damaged('truncated', maxUnpackedBytes, output);
}

/** LZMA2 says at most 2 MB for each chunk of at least 7 bytes. */
function sizeOf(packed: Buffer, maxUnpackedBytes: number): number {
  return Math.min(maxUnpackedBytes, Math.ceil(packed.length / 7) * (2 << 20));
}

/** A block's header: its length in steps of four bytes, flags, perhaps both sizes, filters. */
function findBlockData(packed: Buffer, at: number): number | Lzma2Damage {
  const start = at + (packed[at]! + 1) * 4;
  if (start > packed.length) return 'truncated';
  const flags = packed[at + 1]!;
  let next = at + 2;
  for (const flag of [0x40, 0x80]) if ((flags & flag) !== 0) while (packed[next++]! >= 0x80 && next < start) {}
  // One filter, LZMA2, which has one byte of properties.
  return (flags & 0x3f) === 0 && packed[next] === lzma2 && packed[next + 1] === 1 ? start : 'malformed';
}

function damaged(code: Lzma2Damage, maxUnpackedBytes: number, output?: Output): Unpacked {
  const messages = {
    truncated: 'it ends inside its compressed data',
    malformed: 'its compressed data is damaged, or has filters that are not read',
    'too-large': `it unpacks to more than ${maxUnpackedBytes} bytes`,
  };
  const bytes = output?.bytes.subarray(0, output.length) ?? Buffer.alloc(0);
  return { bytes, damage: { code, message: messages[code] } };
}
