import type { Problem } from './problem.ts';

/** `<algorithm>:<hex>`, as in the OCI image spec; only sha256 and sha512 are used. */
export type Digest = `sha256:${string}` | `sha512:${string}`;

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** Bytes. */
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly urls?: readonly string[];
}

/** `os/arch[/variant]`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md, the parts that are used. */
export interface ImageConfig {
  readonly platform: Platform;
  readonly created?: string;
  readonly user?: string;
  readonly env: readonly string[];
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  readonly workingDir?: string;
  readonly exposedPorts: readonly string[];
  readonly volumes: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly createdBy?: string;
  readonly emptyLayer: boolean;
}

/** An image whose layers can be read any number of times. */
export interface Image {
  /** As the user wrote it, with its scheme. */
  readonly reference: string;
  /** Digest of the manifest, where the image has one. */
  readonly digest?: Digest;
  /** Digest of the configuration: the image's identity without compression. */
  readonly configDigest?: Digest;
  readonly platform?: Platform;
  readonly config: ImageConfig;
  /** Bottom first. Empty for a root file system in a directory. */
  readonly layers: readonly Layer[];
  /** Set for `dir:`: the root file system's absolute path on the host. */
  readonly rootDirectory?: string;
  /** What was passed over when the image was opened, such as foreign layers. */
  readonly problems: readonly Problem[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** One layer: a tar archive, compressed or not. */
export interface Layer {
  /** Place from the bottom, 0-based, as in the manifest. */
  readonly index: number;
  /** Digest of the uncompressed tar, from the configuration. */
  readonly diffId: Digest;
  /** Descriptor of the blob as stored, where the source has one: its size and digest are verified while streaming. */
  readonly descriptor?: Descriptor;
  /** The instruction that made it, from the history. */
  readonly createdBy?: string;
  /** True where the bytes are on the local disk. */
  readonly local: boolean;
  /** Where on the local disk the stored bytes lie, in one piece. */
  readonly range?: { readonly path: string; readonly start: number; readonly size: number };
  /**
   * Identity of the local bytes (device, inode, size, times, offset): while it stays the same, bytes verified once need no
   * second look. Undefined for what is not on disk.
   */
  stamp?(): Promise<string | undefined>;
  /** The bytes as stored, from the first. Not verified here: `image/tree` does that. */
  open(signal?: AbortSignal): AsyncIterable<Uint8Array>;
}
