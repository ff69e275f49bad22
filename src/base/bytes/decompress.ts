import type { Transform } from 'node:stream';
import { constants, createGunzip, createZstdDecompress, zstdDecompressSync } from 'node:zlib';
import { PlimsollError } from '../errors.ts';
import { readAhead } from './read-ahead.ts';
import { isZstdMagic, ZstdFrameSplitter } from './zstd-frames.ts';

export interface DecompressLimits {
  readonly maxLayerBytes: number;
  readonly maxExpansionRatio: number;
  readonly freeExpansionBytes: number;
}

export type Compression = 'gzip' | 'zstd' | 'none' | 'bzip2' | 'xz';

/** zlib writes into buffers of this size; smaller ones cost a turn of the event loop each. */
const chunkSize = 512 * 1024;

/** Tells the compression by the first bytes; media types lie. */
export function compressionOf(head: Buffer): Compression {
  if (head.length >= 3 && head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (isZstdMagic(head)) return 'zstd';
  if (head.toString('latin1', 0, 3) === 'BZh') return 'bzip2';
  if (head.toString('latin1', 0, 6) === '\xfd7zXZ\0') return 'xz';
  return 'none';
}

/**
 * Undoes gzip or zstd, or passes plain bytes on. Throws `image-unreadable` for damaged or truncated compression and
 * `limit-exceeded` for a bomb.
 * @param what Names the bytes in errors.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  limits: DecompressLimits,
  what: string,
): AsyncGenerator<Uint8Array> {
  const counted = { in: 0 };
  const head = await readHead(count(source, counted));
  const compression = compressionOf(head.bytes);
  const plain = expand(compression, head.all, what);
  let out = 0;
  for await (const chunk of plain) {
    out += chunk.length;
    checkExpansion(counted.in, out, limits, what);
    yield chunk;
  }
}

function expand(compression: Compression, source: AsyncIterable<Buffer>, what: string): AsyncIterable<Uint8Array> {
  if (compression === 'none') return source;
  if (compression === 'gzip') return through(createGunzip({ chunkSize }), source, what);
  if (compression === 'zstd') return zstd(source, what);
  throw new PlimsollError(
    'image-unreadable',
    `${what} is compressed with ${compression}, which images do not use; gzip and zstd are read.`,
  );
}

function checkExpansion(taken: number, out: number, limits: DecompressLimits, what: string): void {
  if (out > limits.maxLayerBytes)
    throw new PlimsollError(
      'limit-exceeded',
      `${what} expands to more than ${limits.maxLayerBytes} bytes. It was not read further.`,
    );
  if (out > limits.freeExpansionBytes && out > taken * limits.maxExpansionRatio) {
    throw new PlimsollError(
      'limit-exceeded',
      `${what} expands more than ${limits.maxExpansionRatio} times: most likely a decompression bomb. It was not read further. Whoever trusts it can unpack it and scan the directory (dir:).`,
    );
  }
}

async function* zstd(source: AsyncIterable<Buffer>, what: string): AsyncGenerator<Uint8Array> {
  const splitter = new ZstdFrameSplitter();
  const pieces = piecesOf(source, splitter, what);
  for (let frames = 1; ; frames++) {
    const first = await pieces.next();
    if (first.done) return;
    if (frames > maxFrames) throw tooManyFrames(what);
    const small = expandSmall(first.value);
    if (small !== undefined) {
      yield small;
      continue;
    }
    const { windowBytes } = first.value;
    if (windowBytes > maxWindowBytes) throw tooLargeWindow(what, windowBytes);
    using _turn = windowBytes > freeWindowBytes ? await largeWindows.take() : undefined;
    const engine = createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: 27 } });
    yield* through(engine, frameFrom(first.value, pieces), what);
  }
}

/** Frames of a layer: zstd:chunked has one for each file and some more. A small one takes 20 microseconds. */
const maxFrames = 2_000_000;
const maxSmallFrame = { stored: 64 << 10, expanded: 256 << 10 };

/** A frame so small that starting a decompressor in another thread would take longest; undefined where it is not. */
function expandSmall({ bytes, endsFrame, windowBytes }: Piece): Uint8Array | undefined {
  if (!endsFrame || bytes.length > maxSmallFrame.stored || windowBytes > maxSmallFrame.expanded) return undefined;
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: maxSmallFrame.expanded });
  } catch {
    // Damaged, or larger than it looks: the other way says which.
    return undefined;
  }
}

function tooManyFrames(what: string): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `${what} consists of more than ${maxFrames} zstd frames. It was not read further. Compress it anew.`,
  );
}

/** What `zstd` itself refuses to unpack unless it is told to. */
const maxWindowBytes = 128 << 20;
/** Windows up to this, which all common levels keep to, may be held by any number of layers at once. */
const freeWindowBytes = 8 << 20;

/** Frames with larger windows take turns: several at once would pass the memory budget. */
class Turns {
  #last: Promise<void> = Promise.resolve();

  async take(): Promise<Disposable> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return { [Symbol.dispose]: resolve };
  }
}

const largeWindows = new Turns();

function tooLargeWindow(what: string, windowBytes: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `${what}: its zstd frames need ${windowBytes} bytes of memory each, more than the ${maxWindowBytes} allowed. Compress it without --long or --ultra.`,
  );
}

type Piece = { readonly bytes: Buffer; readonly endsFrame: boolean; readonly windowBytes: number };

async function* piecesOf(
  source: AsyncIterable<Buffer>,
  splitter: ZstdFrameSplitter,
  what: string,
): AsyncGenerator<Piece, undefined> {
  for await (const chunk of source) {
    const pieces = splitter.split(chunk);
    if (pieces === undefined) throw damaged(what, 'zstd', 'no frame where one should begin');
    for (const piece of pieces) if (!piece.skippable) yield piece;
  }
  if (!splitter.atFrameBorder) throw damaged(what, 'zstd', 'it ends inside a frame');
  return undefined;
}

async function* frameFrom(first: Piece, rest: AsyncGenerator<Piece, undefined>): AsyncGenerator<Buffer> {
  let piece = first;
  for (;;) {
    yield piece.bytes;
    if (piece.endsFrame) return;
    const next = await rest.next();
    if (next.done) return;
    piece = next.value;
  }
}

async function* through(engine: Transform, source: AsyncIterable<Buffer>, what: string): AsyncGenerator<Uint8Array> {
  let sourceFailure: unknown;
  const feeding = feed(engine, source).catch((error: unknown) => {
    sourceFailure = error;
    engine.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    yield* readAhead(engine);
    await feeding;
  } catch (error) {
    throw (
      sourceFailure ?? damaged(what, 'compressed data', error instanceof Error ? error.message : String(error), error)
    );
  } finally {
    engine.destroy();
  }
}

async function feed(engine: Transform, source: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of source) {
    if (engine.destroyed) return;
    if (!engine.write(chunk)) await drained(engine);
  }
  engine.end();
}

function drained(engine: Transform): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      engine.off('drain', settle).off('close', settle);
      resolve();
    };
    engine.on('drain', settle).on('close', settle);
  });
}

async function* count(source: AsyncIterable<Uint8Array>, counted: { in: number }): AsyncGenerator<Buffer> {
  for await (const chunk of source) {
    counted.in += chunk.length;
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

/** Reads until six bytes are known, and gives them back in front of the rest. */
async function readHead(source: AsyncGenerator<Buffer>): Promise<{ bytes: Buffer; all: AsyncGenerator<Buffer> }> {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < 6) {
    const next = await source.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  return { bytes: Buffer.concat(chunks).subarray(0, 6), all: chain(chunks, source) };
}

async function* chain(first: readonly Buffer[], rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield* first;
  yield* rest;
}

function damaged(what: string, format: string, detail: string, cause?: unknown): PlimsollError {
  return new PlimsollError(
    'image-unreadable',
    `${what}: the ${format} is damaged (${detail}). Fetch or save the image again.`,
    { cause },
  );
}
