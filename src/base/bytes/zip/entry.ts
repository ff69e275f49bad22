import { crc32, inflateRawSync } from 'node:zlib';
import { toMessage } from '../../errors.ts';
import type { Problem, ProblemCode } from '../../model/problem.ts';
import {
  localHeaderBytes,
  type Reads,
  readName,
  signatures,
  type ZipEntry,
  type ZipPlace,
  zipProblem,
} from './format.ts';

/** Bytes that local headers usually have behind the name; with more, a second read follows. */
const usualExtraBytes = 64;
/** What deflate may add to bytes that it cannot shrink, generously. */
const maxGrowthBytes = 64 * 1024;
/** Less than Node.js takes would make small files slow. */
const minChunkBytes = 1024;

/** Reads one file whole, if it has at most `maxBytes` and is what the directory says of it. */
export function* readEntry(archive: ZipPlace, entry: ZipEntry, maxBytes: number): Reads<Buffer | Problem> {
  const { name, headerOffset, method, size, compressedSize } = entry;
  const problem = (code: ProblemCode, detail: string) =>
    zipProblem(archive, headerOffset, code, `${JSON.stringify(name.slice(0, 100))} ${detail}`);
  if (entry.encrypted) return problem('unsupported', 'is encrypted');
  if (method !== 0 && method !== 8)
    return problem('unsupported', `is compressed by method ${method}; 0 and 8 are read`);
  if (size > maxBytes || compressedSize > maxBytes + maxGrowthBytes)
    return problem('too-large', `has ${Math.max(size, compressedSize)} bytes, more than the ${maxBytes} that are read`);
  const data = yield* readData(archive, entry);
  if (typeof data === 'string') return problem('malformed', data);
  const content = method === 0 ? Buffer.from(data) : inflate(data, size);
  if (typeof content === 'string') return problem('malformed', content);
  if (content.length !== size) return problem('malformed', `has ${content.length} bytes, not ${size} as it says`);
  if (crc32(content) !== entry.crc32) return problem('malformed', 'does not have the checksum that it says');
  return content;
}

/** The bytes as stored, or what is wrong with them. Only the local header tells where they begin. */
function* readData(archive: ZipPlace, entry: ZipEntry): Reads<Buffer | string> {
  const { name, headerOffset, compressedSize } = entry;
  const left = archive.size - headerOffset;
  if (left < localHeaderBytes) return 'lies outside the archive';
  const guess = headerGuess(name) + compressedSize;
  const first = yield { offset: headerOffset, length: Math.min(left, guess) };
  const start = startOfData(first, entry, left);
  if (typeof start === 'string') return start;
  if (start + compressedSize <= first.length) return first.subarray(start, start + compressedSize);
  return yield { offset: headerOffset + start, length: compressedSize };
}

/** Byte at which the data of a stored file begin, of which nothing else is read. */
export function* findData(archive: ZipPlace, entry: ZipEntry): Reads<number | Problem> {
  const { name, headerOffset, size, compressedSize } = entry;
  const problem = (detail: string) =>
    zipProblem(archive, headerOffset, 'malformed', `${JSON.stringify(name.slice(0, 100))} ${detail}`);
  const left = archive.size - headerOffset;
  if (left < localHeaderBytes) return problem('lies outside the archive');
  if (size !== compressedSize) return problem(`is stored in ${compressedSize} bytes, not ${size} as it says`);
  const first = yield { offset: headerOffset, length: Math.min(left, headerGuess(name)) };
  const start = startOfData(first, entry, left);
  return typeof start === 'string' ? problem(start) : headerOffset + start;
}

function headerGuess(name: string): number {
  return localHeaderBytes + 3 * name.length + usualExtraBytes;
}

/** Bytes from the local header to the data. */
function startOfData(first: Buffer, { name, compressedSize }: ZipEntry, left: number): number | string {
  if (first.readUInt32LE(0) !== signatures.localHeader) return 'has no local header';
  const nameLength = first.readUInt16LE(26);
  const start = localHeaderBytes + nameLength + first.readUInt16LE(28);
  // Readers that go by local headers would see another file here.
  if (readName(first, localHeaderBytes, nameLength) !== name) return 'has another name in its local header';
  return start + compressedSize > left ? 'ends behind the end of the archive' : start;
}

function inflate(data: Buffer, size: number): Buffer | string {
  try {
    // In one piece, so that large files need not be put together from pieces, which takes twice the memory.
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1), chunkSize: Math.max(size, minChunkBytes) + 1 });
  } catch (error) {
    return isTooLarge(error)
      ? `inflates to more than the ${size} bytes that it says`
      : `is damaged (${toMessage(error)})`;
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
}
