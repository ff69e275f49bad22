import type { Problem } from '../../model/problem.ts';
import { type Reads, readUint64, signatures, type ZipPlace, zipProblem } from './format.ts';

/** Where the central directory lies. */
export interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  /** Bytes in front of the archive that its own offsets do not count, such as a start script. */
  readonly shift: number;
  /** Entries that it says it has. */
  readonly count: number;
  /** Bytes behind the archive and its comment. */
  readonly trailing: number;
}

interface EndRecord {
  /** Byte at which the records behind the directory begin. */
  readonly at: number;
  readonly disk: number;
  readonly count: number;
  readonly size: number;
  readonly offset: number;
  readonly trailing: number;
}

const endBytes = 22;
const maxCommentBytes = 0xffff;
const locatorBytes = 20;
const zip64EndBytes = 56;

/** Finds the central directory through the records at the end of the archive. */
export function* findDirectory(archive: ZipPlace): Reads<DirectoryPlace | Problem> {
  const length = Math.min(archive.size, endBytes + maxCommentBytes);
  const offset = archive.size - length;
  const tail = yield { offset, length };
  const found = lastEndRecord(tail);
  if (found < 0)
    return zipProblem(archive, archive.size, 'truncated', 'it has no end record, so it is cut off or no zip');
  const record = yield* readZip64End(archive, toEndRecord(tail, found, offset + found));
  if (record.disk !== 0) return zipProblem(archive, record.at, 'unsupported', 'it is one part of several');
  const start = record.at - record.size;
  if (!(start >= 0 && record.offset <= start))
    return zipProblem(archive, record.at, 'malformed', 'its directory does not fit into it');
  return yield* placeDirectory(record, start);
}

/** The directory ends where its end record begins; only if none starts there is its stated offset believed. */
function* placeDirectory(record: EndRecord, start: number): Reads<DirectoryPlace> {
  const { offset, size, count, trailing } = record;
  const behind = { start, end: record.at, shift: start - offset, count, trailing };
  if (size < 4 || offset === start) return behind;
  const head = yield { offset: start, length: 4 };
  if (head.readUInt32LE(0) === signatures.directoryEntry) return behind;
  return { start: offset, end: offset + size, shift: 0, count, trailing };
}

/** The last end record whose comment reaches just to the end, else the last one; -1 if there is none. */
function lastEndRecord(tail: Buffer): number {
  let any = -1;
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail[at] !== 0x50 || tail.readUInt32LE(at) !== signatures.end) continue;
    if (at + endBytes + tail.readUInt16LE(at + 20) === tail.length) return at;
    if (any < 0) any = at;
  }
  return any;
}

function toEndRecord(bytes: Buffer, from: number, at: number): EndRecord {
  return {
    at,
    disk: bytes.readUInt16LE(from + 4),
    count: bytes.readUInt16LE(from + 10),
    size: bytes.readUInt32LE(from + 12),
    offset: bytes.readUInt32LE(from + 16),
    trailing: Math.max(0, bytes.length - from - endBytes - bytes.readUInt16LE(from + 20)),
  };
}

/** The 64-bit record in place of the plain one, where there is one: some archivers write it without need. */
function* readZip64End(archive: ZipPlace, plain: EndRecord): Reads<EndRecord> {
  if (plain.at < locatorBytes + zip64EndBytes) return plain;
  const locatorAt = plain.at - locatorBytes;
  const locator = yield { offset: locatorAt, length: locatorBytes };
  if (locator.readUInt32LE(0) !== signatures.zip64Locator) return plain;
  // With bytes in front of the archive the stated place is too early; then it is right before the locator.
  for (const at of [readUint64(locator, 8), locatorAt - zip64EndBytes]) {
    if (at + zip64EndBytes > archive.size) continue;
    const bytes = yield { offset: at, length: zip64EndBytes };
    if (bytes.readUInt32LE(0) !== signatures.zip64End) continue;
    return {
      at,
      disk: bytes.readUInt32LE(16),
      count: readUint64(bytes, 32),
      size: readUint64(bytes, 40),
      offset: readUint64(bytes, 48),
      trailing: plain.trailing,
    };
  }
  return plain;
}
