export type FileType = 'file' | 'directory' | 'symlink' | 'character' | 'block' | 'fifo';

/** One name in the file system that an image gives its container. */
export interface FileEntry {
  /** Without leading slash; empty for the root. */
  readonly path: string;
  readonly type: FileType;
  /** Bytes; 0 for all but files. */
  readonly size: number;
  /** Permission bits, setuid, setgid and sticky included. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Index of the layer that it comes from; -1 for a directory source. */
  readonly layer: number;
  /** Target of a symbolic link as it is written. */
  readonly linkTarget?: string;
  /** Carries the extended attribute `security.capability`. */
  readonly hasCapability?: boolean;
}

/** The squashed file system of an image: layers applied, whiteouts gone. Holds no contents. */
export interface FileTree {
  /** The entry at a path, links on the way followed, a link at its end not. */
  get(path: string): FileEntry | undefined;
  /** The entry that a path leads to, every link followed inside the root. Undefined for dangling and cyclic links. */
  resolve(path: string): FileEntry | undefined;
  /** Every entry below a path, parents first. */
  entries(below?: string): Iterable<FileEntry>;
  /** How many names there are. */
  readonly size: number;
}
