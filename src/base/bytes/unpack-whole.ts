import { constants, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { ZstdFrameSplitter } from './zstd-frames.ts';

/** Most writers make one; each costs some microseconds. */
const maxFrames = 1000;

/** Of the memory that a frame asks for, 8 MB: what every decompressor has to have. https://www.rfc-editor.org/rfc/rfc8878#section-3.1.1.1.2 */
const maxWindowLog = 23;

/** What a small file unpacks to, or as much of it as there is and why there is no more. */
export interface Unpacked {
  readonly bytes: Buffer;
  /** The message is a clause without capital letter and full stop. */
  readonly damage?: { readonly code: 'truncated' | 'malformed' | 'too-large'; readonly message: string };
}

/** Unpacks a file of gzip, all its members. Of a damaged one nothing is given. */
export function unpackGzip(packed: Uint8Array, maxUnpackedBytes: number): Unpacked {
  try {
    return { bytes: gunzipSync(packed, { maxOutputLength: maxUnpackedBytes }) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === tooLarge) return damaged([], 'too-large', messageOf(tooLarge, maxUnpackedBytes));
    return code === 'Z_BUF_ERROR'
      ? damaged([], 'truncated', 'it ends inside its compressed data')
      : damaged([], 'malformed', 'its compressed data is damaged');
  }
}

/** Unpacks each frame of a file of zstd: Node's own function ends with the first. */
export function unpackZstd(packed: Uint8Array, maxUnpackedBytes: number): Unpacked {
  const splitter = new ZstdFrameSplitter();
  const pieces = splitter.split(Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength));
  if (pieces === undefined) return damaged([], 'malformed', 'it is not compressed with zstd');
  const frames = pieces.filter(({ endsFrame, skippable }) => endsFrame && !skippable);
  if (frames.length > maxFrames) return damaged([], 'too-large', `it has more than ${maxFrames} frames`);
  const parts: Buffer[] = [];
  let left = maxUnpackedBytes;
  for (const { bytes } of frames) {
    const part = unpackFrame(bytes, left);
    if ('code' in part) {
      const code = part.code === tooLarge ? 'too-large' : 'malformed';
      return damaged(parts, code, messageOf(part.code, maxUnpackedBytes));
    }
    parts.push(part.bytes);
    left -= part.bytes.length;
  }
  return splitter.atFrameBorder && packed.length > 0
    ? { bytes: Buffer.concat(parts) }
    : damaged(parts, 'truncated', 'it ends inside its compressed data');
}

const tooLarge = 'ERR_BUFFER_TOO_LARGE';

function unpackFrame(bytes: Buffer, left: number): { bytes: Buffer } | { code: string } {
  if (left <= 0) return { code: tooLarge };
  try {
    const params = { [constants.ZSTD_d_windowLogMax]: maxWindowLog };
    return { bytes: zstdDecompressSync(bytes, { maxOutputLength: left, params }) };
  } catch (error) {
    return { code: String((error as NodeJS.ErrnoException).code) };
  }
}

function messageOf(code: string, maxUnpackedBytes: number): string {
  return code === tooLarge ? `it unpacks to more than ${maxUnpackedBytes} bytes` : 'its compressed data is damaged';
}

function damaged(parts: readonly Buffer[], code: 'truncated' | 'malformed' | 'too-large', message: string): Unpacked {
  return { bytes: Buffer.concat(parts), damage: { code, message } };
}
