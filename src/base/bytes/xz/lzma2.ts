import { LzmaDecoder, type Output, parseProperties } from './lzma.ts';

export type Lzma2Damage = 'truncated' | 'malformed' | 'too-large';

/** What is known between chunks. */
interface Chunks {
  /** Where in the output the dictionary starts; undefined before the first chunk, which has to say it. */
  start: number | undefined;
  properties: ReturnType<typeof parseProperties>;
  decoder: LzmaDecoder | undefined;
}

/**
 * Unpacks chunks of LZMA2 behind what the output has, and says where they end. Each chunk begins with a byte: 0 ends them, 1 and 2
 * are stored bytes, from 0x80 on it is LZMA and says what is forgotten before.
 * https://github.com/tukaani-project/xz/blob/master/src/liblzma/lzma/lzma2_decoder.c
 */
export function unpackLzma2(packed: Buffer, at: number, output: Output): number | Lzma2Damage {
  const chunks: Chunks = { start: undefined, properties: undefined, decoder: undefined };
  let next = at;
  while (next < packed.length) {
    const control = packed[next]!;
    if (control === 0) return next + 1;
    const end = control < 0x80 ? putStored(packed, next, output, chunks) : putPacked(packed, next, output, chunks);
    if (typeof end === 'string') return end;
    next = end;
  }
  return 'truncated';
}

function putStored(packed: Buffer, at: number, output: Output, chunks: Chunks): number | Lzma2Damage {
  if (at + 3 > packed.length) return 'truncated';
  const control = packed[at]!;
  const end = at + 3 + packed.readUInt16BE(at + 1) + 1;
  if (control === 1) chunks.start = output.length;
  if (control > 2 || chunks.start === undefined) return 'malformed';
  if (end > packed.length) return 'truncated';
  if (output.length + end - at - 3 > output.bytes.length) return 'too-large';
  output.length += packed.copy(output.bytes, output.length, at + 3, end);
  return end;
}

function putPacked(packed: Buffer, at: number, output: Output, chunks: Chunks): number | Lzma2Damage {
  const control = packed[at]!;
  const hasProperties = control >= 0xc0;
  const start = at + (hasProperties ? 6 : 5);
  if (start > packed.length) return 'truncated';
  const length = ((control & 0x1f) << 16) + packed.readUInt16BE(at + 1) + 1;
  const end = start + packed.readUInt16BE(at + 3) + 1;
  if (end > packed.length) return 'truncated';
  if (output.length + length > output.bytes.length) return 'too-large';
  if (control >= 0xe0) chunks.start = output.length;
  if (hasProperties) chunks.properties = parseProperties(packed[at + 5]!);
  if (chunks.start === undefined || chunks.properties === undefined) return 'malformed';
  if (control >= 0xa0) chunks.decoder = new LzmaDecoder(chunks.properties);
  const isSound = chunks.decoder?.decode(packed.subarray(start, end), output, chunks.start, length);
  return isSound ? end : 'malformed';
}
