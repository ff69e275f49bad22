import type { RandomAccess } from '../../base/bytes/random-access.ts';
import type { Limits } from '../../base/limits.ts';
import type { FoundPackage, FromRepository, OperatingSystem, Ownership } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';

/** A whole file that a cataloguer asked for: at most `maxBytes` of it, and never more than `Limits.maxFileBytes`. */
export interface OpenFile {
  /** Inside the image, without leading slash. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** A file that may be too large to be held: a database, a program, an archive. */
export interface LargeFile {
  /** Inside the image, without leading slash. */
  readonly path: string;
  readonly content: RandomAccess;
}

/** What one file says of the operating system; of several, the lowest `rank` is believed. */
export interface FoundSystem {
  readonly kind: 'system';
  readonly rank: number;
  readonly system: OperatingSystem;
}

/** Repositories that the image's packages were taken from, where it is not told which of them each package is from. */
export interface ContentSets {
  readonly kind: 'content-sets';
  readonly names: readonly string[];
}

export type Found = ContentSets | FoundPackage | FromRepository | Ownership | FoundSystem | Problem;

/**
 * Reads one file. Pure: the same bytes at the same path give the same results, so they are cached by layer. It never throws
 * for bad input: it yields what is good and a `Problem` (where.path = file.path) for the rest.
 */
export type ReadPackages = (file: OpenFile, limits: Limits) => Iterable<Found>;

/** The same for a large file, which is read where it lies. */
export type ReadLargePackages = (file: LargeFile, limits: Limits) => Iterable<Found>;

/** One kind of package database or lock file: data, and a reader that is loaded when a file asks for it. */
export interface Cataloguer {
  /** The folder under `inspect/packages`: `lang/npm`. */
  readonly id: string;
  /**
   * Raised by one whenever the reader finds something else in the same bytes; cached layers of an older version are read
   * again.
   */
  readonly version: number;
  readonly files: readonly FilePattern[];
  /** A larger file is not read, and reported. */
  readonly maxBytes: number;
  /** Reads whole files; absent where `loadLarge` is. */
  load?(): Promise<ReadPackages>;
  /** Reads files where they lie, up to `Limits.maxLargeFileBytes`. */
  loadLarge?(): Promise<ReadLargePackages>;
  /** Its exact paths stand in for one another, so one that leads to no file costs nothing; else it is a database that is missing. */
  readonly hasFallbacks?: boolean;
  /** The folder in which all files are of packages that the file at this path names: an environment of conda, the store of Nix. */
  ownedFolder?(path: string): string | undefined;
  /** With `loadLarge`: so many bytes from the beginning are all that is read of a file, however large it is. */
  readonly startBytes?: number;
  /** With `loadLarge`: also every program and library (ELF, PE, Mach-O), whatever it is called. */
  readonly programs?: boolean;
}

/**
 * Which files: by exact path (`{ path: 'var/lib/dpkg/status' }`), by base name anywhere (`{ name: 'yarn.lock' }`), by the end of
 * the base name, perhaps in a folder whose path ends so (`{ folder: 'var/lib/dpkg/info', suffix: '.list' }`), or by the last
 * names of the path (`{ pathSuffix: 'EGG-INFO/PKG-INFO' }`). `test` narrows further.
 */
export type FilePattern =
  | { readonly path: string }
  | { readonly name: string; readonly test?: (path: string) => boolean }
  | { readonly suffix: string; readonly folder?: string; readonly test?: (path: string) => boolean }
  | { readonly pathSuffix: string; readonly test?: (path: string) => boolean };
