import type { Problem, ProblemCode } from '../../model/problem.ts';
import { type DirectoryPlace, findDirectory } from './end-record.ts';
import {
  localHeaderBytes,
  type Reads,
  readName,
  readUint64,
  signatures,
  type ZipEntry,
  type ZipPlace,
  zipProblem,
} from './format.ts';

/** Bounds on what an archive may claim to hold. */
export interface ZipLimits {
  readonly maxEntries: number;
  /** Bytes of one name. */
  readonly maxPathBytes: number;
  /** Bytes of the whole directory; 256 MiB unless told. */
  readonly maxDirectoryBytes?: number;
}

/** The files of an archive in its own order. Names may repeat; readers take the last. */
export interface ZipDirectory {
  readonly entries: readonly ZipEntry[];
  /** At most one of each kind; each says how many entries it cost. */
  readonly problems: readonly Problem[];
}

/** Entries are kept in memory: some 150 bytes each beside the name. The largest export of advisories needs a tenth of this. */
const maxDirectoryBytes = 256 * 1024 * 1024;
/** More than the longest entry that the format can write, which has 46 + 3 x 65,535 bytes. */
const windowBytes = 1024 * 1024;
const entryBytes = 46;

/** Finds the directory of an archive and reads it. */
export function* directorySteps(archive: ZipPlace, limits: ZipLimits): Reads<ZipDirectory> {
  const place = yield* findDirectory(archive);
  return 'kind' in place ? { entries: [], problems: [place] } : yield* readEntries(archive, place, limits);
}

/** Reads the entries of a directory and leaves out those that no honest archiver writes. */
function* readEntries(archive: ZipPlace, place: DirectoryPlace, limits: ZipLimits): Reads<ZipDirectory> {
  const { maxDirectoryBytes: most = maxDirectoryBytes } = limits;
  if (place.end - place.start > most) {
    const message = `its directory has ${place.end - place.start} bytes, more than the ${most} that are read`;
    return { entries: [], problems: [zipProblem(archive, place.start, 'too-large', message)] };
  }
  const damage = new Damage(archive);
  // An archive that was cut off may end in one that it held whole.
  if (place.trailing > 0)
    damage.add('truncated', `${place.trailing} bytes follow its end, so it may be a part of another`, place.end);
  const listed = yield* listEntries(place, limits, damage);
  const entries = withoutOverlaps(listed, place.start, damage);
  return { entries, problems: damage.toProblems() };
}

function* listEntries(place: DirectoryPlace, limits: ZipLimits, damage: Damage): Reads<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let count = 0;
  let at = place.start;
  while (at < place.end) {
    const window = yield { offset: at, length: Math.min(windowBytes, place.end - at) };
    let used = 0;
    for (; ; count++) {
      const length = lengthOfEntry(window, used);
      if (length === 'damaged') {
        damage.add('malformed', 'its directory is damaged, and what follows was not read', at + used);
        return entries;
      }
      if (used + length > window.length) break;
      if (count >= limits.maxEntries) {
        damage.add('too-many', `it has more than ${limits.maxEntries} entries; the rest was not read`, at + used);
        return entries;
      }
      const entry = toEntry(window, used, place.shift, limits);
      if (typeof entry === 'object') entries.push(entry);
      else damage.add(entry, reasons[entry], at + used, readName(window, used + entryBytes, shownLength(window, used)));
      used += length;
    }
    if (used === 0) {
      damage.add('truncated', 'its directory ends inside an entry', at);
      break;
    }
    at += used;
  }
  // Archivers without zip64 write the count modulo 65,536.
  if (count % 0x10000 !== place.count % 0x10000)
    damage.add('incomplete', `it says that it has ${place.count} entries, ${count} are there`, place.start);
  return entries;
}

/** Bytes of the entry at a place in the window; more than are left where its fixed part is cut off. */
function lengthOfEntry(window: Buffer, at: number): number | 'damaged' {
  if (at + entryBytes > window.length) return entryBytes;
  if (window.readUInt32LE(at) !== signatures.directoryEntry) return 'damaged';
  return entryBytes + window.readUInt16LE(at + 28) + window.readUInt16LE(at + 30) + window.readUInt16LE(at + 32);
}

/** Bytes of an entry's name that are shown. */
function shownLength(bytes: Buffer, at: number): number {
  return Math.min(100, bytes.readUInt16LE(at + 28));
}

const reasons = {
  'too-large': 'their names are too long',
  'unsafe-path': 'their names lead out of the archive',
  malformed: 'they lack the 64-bit field for their sizes',
} as const;

function toEntry(bytes: Buffer, at: number, shift: number, limits: ZipLimits): ZipEntry | keyof typeof reasons {
  const nameLength = bytes.readUInt16LE(at + 28);
  if (nameLength > limits.maxPathBytes) return 'too-large';
  const name = readName(bytes, at + entryBytes, nameLength);
  if (isUnsafe(name)) return 'unsafe-path';
  const plain = [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)] as const;
  const extraAt = at + entryBytes + nameLength;
  const sizes = plain.includes(0xffffffff)
    ? readZip64Sizes(bytes.subarray(extraAt, extraAt + bytes.readUInt16LE(at + 30)), plain)
    : plain;
  if (sizes === undefined) return 'malformed';
  return {
    name,
    method: bytes.readUInt16LE(at + 10),
    encrypted: (bytes[at + 8]! & 1) !== 0,
    compressedSize: sizes[1]!,
    size: sizes[0]!,
    crc32: bytes.readUInt32LE(at + 16),
    headerOffset: sizes[2]! + shift,
  };
}

/** Field 1 holds, in this order, those of the three numbers that are at their limit. */
function readZip64Sizes(extra: Buffer, plain: readonly number[]): readonly number[] | undefined {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    let next = 0;
    const sizes = plain.map((value) => {
      if (value !== 0xffffffff) return value;
      next += 8;
      return next <= field.length ? readUint64(field, next - 8) : Number.NaN;
    });
    return sizes.includes(Number.NaN) ? undefined : sizes;
  }
  return undefined;
}

function isUnsafe(name: string): boolean {
  if (name === '' || name[0] === '/' || name[0] === '\\' || name.includes('\0')) return true;
  if (name[1] === ':' && /^[a-z]:[\\/]/i.test(name)) return true;
  return name.includes('..') && name.split(/[/\\]/).includes('..');
}

/** Entries that share bytes make small archives expand without bound, so of those only the first is kept. */
function withoutOverlaps(entries: readonly ZipEntry[], directoryStart: number, damage: Damage): readonly ZipEntry[] {
  const isOrdered = entries.every(
    (entry, index) => index === 0 || entries[index - 1]!.headerOffset <= entry.headerOffset,
  );
  const ordered = isOrdered ? entries : entries.toSorted((a, b) => a.headerOffset - b.headerOffset);
  const bad = new Set<ZipEntry>();
  let free = 0;
  for (const entry of ordered) {
    // The name has at least as many bytes as UTF-16 units; the rest of the header is not known yet.
    const end = entry.headerOffset + localHeaderBytes + entry.name.length + entry.compressedSize;
    if (entry.headerOffset >= free && end <= directoryStart) free = end;
    else {
      bad.add(entry);
      damage.add('malformed', 'they share bytes with others or lie outside', entry.headerOffset, entry.name);
    }
  }
  return bad.size === 0 ? entries : entries.filter((entry) => !bad.has(entry));
}

/** Counts what is wrong by kind: a hostile archive has millions of bad entries, a person reads one line. */
class Damage {
  readonly #archive: ZipPlace;
  readonly #kinds = new Map<string, { code: ProblemCode; offset: number; name: string | undefined; count: number }>();

  constructor(archive: ZipPlace) {
    this.#archive = archive;
  }

  /** @param name The entry that is left out for it, if it is one. */
  add(code: ProblemCode, reason: string, offset: number, name?: string): void {
    const known = this.#kinds.get(reason);
    if (known) known.count++;
    else this.#kinds.set(reason, { code, offset, name, count: 1 });
  }

  toProblems(): Problem[] {
    return [...this.#kinds].map(([reason, { code, offset, name, count }]) => {
      const left =
        name === undefined ? '' : `entries are left out (${count}, first ${JSON.stringify(name.slice(0, 100))}): `;
      return zipProblem(this.#archive, offset, code, left + reason);
    });
  }
}
