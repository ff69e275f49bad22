import type { ProblemCode } from '../../model/problem.ts';
import type { RawHeader } from './header.ts';
import { paxInteger, paxText } from './pax.ts';
import { type SparseFile, type SparseRun, sparseFromPax } from './sparse.ts';

export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character' | 'block' | 'fifo';

/** One member of a tar archive, extended headers applied. Names stand as the archive has them. */
export interface TarEntry {
  readonly path: string;
  readonly type: EntryType;
  /** Target of a symbolic or hard link, else empty. */
  readonly linkName: string;
  /** Bytes of the file as it is read back: holes of a sparse file included. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly mtime: number;
  readonly deviceMajor: number;
  readonly deviceMinor: number;
  /** Its holes are left out, so that its bytes do not lie in the archive as they are read back. */
  readonly isSparse: boolean;
  /** Extended attributes, where there are any. */
  readonly xattrs?: ReadonlyMap<string, Buffer>;
  /** Byte of the archive at which the entry's own header starts. */
  readonly offset: number;
}

/** What the walker needs to read the body. */
export interface Body {
  /** Bytes that follow the header, padding apart. */
  readonly storedBytes: number;
  readonly sparse?: { readonly runs: readonly SparseRun[] | 'inBody'; readonly realSize: number };
}

/** What stood before the header of an entry and belongs to it. */
export interface Extensions {
  readonly global: ReadonlyMap<string, Buffer>;
  readonly pax: ReadonlyMap<string, Buffer>;
  readonly longName?: string;
  readonly longLink?: string;
  /** Runs of a GNU old-format sparse file, gathered from its header and extension blocks. */
  readonly gnuSparse?: SparseFile;
}

export type Joined =
  | { readonly entry: TarEntry; readonly body: Body }
  | { readonly code: ProblemCode; readonly message: string };

const types = new Map<string, EntryType>([
  ['0', 'file'],
  ['7', 'file'], // "contiguous": readers treat it as a file
  ['S', 'file'], // GNU sparse
  ['1', 'hardlink'],
  ['2', 'symlink'],
  ['3', 'character'],
  ['4', 'block'],
  ['5', 'directory'],
  ['6', 'fifo'],
]);

/** Joins a header with its extensions: PAX of the entry over PAX of the archive over GNU records over the header. */
export function joinEntry(header: RawHeader, extensions: Extensions, offset: number): Joined {
  const type = types.get(header.type);
  if (type === undefined) return { code: 'unsupported', message: `a tar entry of unknown type "${header.type}"` };
  const records = extensions.global.size === 0 ? extensions.pax : new Map([...extensions.global, ...extensions.pax]);
  const sparse = extensions.gnuSparse ?? sparseFromPax(records);
  const size = paxInteger(records, 'size') ?? header.size;
  if (sparse === 'bad' || Number.isNaN(size))
    return { code: 'malformed', message: 'an extended header with an impossible size' };
  const path = sparse?.name ?? paxText(records, 'path') ?? extensions.longName ?? header.name;
  const isFile = type === 'file';
  const entry: TarEntry = {
    path,
    // In v7 archives a directory is a file whose name ends in a slash.
    type: isFile && path.endsWith('/') ? 'directory' : type,
    linkName: paxText(records, 'linkpath') ?? extensions.longLink ?? header.linkName,
    size: isFile ? (sparse?.realSize ?? size) : 0,
    mode: header.mode,
    uid: numberOr(paxInteger(records, 'uid'), header.uid),
    gid: numberOr(paxInteger(records, 'gid'), header.gid),
    mtime: numberOr(paxInteger(records, 'mtime'), header.mtime),
    deviceMajor: header.deviceMajor,
    deviceMinor: header.deviceMinor,
    isSparse: sparse !== undefined,
    ...xattrsOf(records),
    offset,
  };
  // Links and devices have no body whatever their size says, as in Go's and Python's readers.
  const storedBytes = isFile ? size : 0;
  return {
    entry,
    body: sparse ? { storedBytes, sparse: { runs: sparse.runs, realSize: sparse.realSize } } : { storedBytes },
  };
}

/** Whether a header's body is data for the entries after it rather than a file. */
export function isExtension(type: string): boolean {
  return type === 'x' || type === 'g' || type === 'L' || type === 'K';
}

function numberOr(value: number | undefined, otherwise: number): number {
  return value === undefined || Number.isNaN(value) ? otherwise : value;
}

function xattrsOf(records: ReadonlyMap<string, Buffer>): { xattrs?: ReadonlyMap<string, Buffer> } {
  const prefix = 'SCHILY.xattr.';
  const xattrs = new Map<string, Buffer>();
  for (const [key, value] of records) if (key.startsWith(prefix)) xattrs.set(key.slice(prefix.length), value);
  return xattrs.size === 0 ? {} : { xattrs };
}
