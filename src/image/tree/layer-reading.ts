import type { HashPool } from '../../base/bytes/hash-pool.ts';
import type { RandomAccess } from '../../base/bytes/random-access.ts';
import type { Limits } from '../../base/limits.ts';
import type { Layer } from '../../base/model/image.ts';
import type { Problem } from '../../base/model/problem.ts';
import type { GatheringSpace } from './large-files.ts';

/** First bytes by which a file may be wanted. */
export const headBytes = 16;

/** Who wants files of a layer, and takes them. */
export interface FileTaker {
  /**
   * Most bytes wanted of a file; 0 where it is not wanted.
   * @param entry Its place among the entries of the layer, 0-based.
   */
  wants(path: string, entry: number): number;
  /** A wanted file. */
  take(path: string, bytes: Buffer, entry: number): void | Promise<void>;
  /** Most bytes wanted of a file that is read where it lies, by its path; 0 where it is not wanted. */
  wantsLarge(path: string, entry: number): number;
  /** Of a file that is wanted so by its path, the first bytes that are enough; undefined, as without it, where all are needed. */
  wantsStart?(path: string, entry: number): number | undefined;
  /** Whether a file may be wanted by its first bytes. */
  wantsPeek(path: string): boolean;
  /** The same as `wantsLarge` by its first bytes, at most `headBytes`. */
  wantsHead(head: Buffer): number;
  /** A wanted file that is read where it lies; `content` is good until this is done. */
  takeLarge(path: string, content: RandomAccess, entry: number): void | Promise<void>;
  /** An entry of any kind at this path, the last so far: what was wanted there before is no longer what the layer has. */
  forget(path: string): void;
  /** Takes each file for itself, also where a later entry of the same path replaces it. */
  readonly takesReplaced?: boolean;
}

/** What a layer's tar says, bodies apart. */
export interface LayerEntries {
  /** See `LayerLogWriter`. */
  readonly log: Buffer;
  readonly count: number;
  /** Whether any of them is a whiteout or an opaque mark. */
  readonly hasMarkers: boolean;
  readonly problems: readonly Problem[];
}

export interface ReadLayerOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the stored bytes as they come in. */
  readonly onBytes?: (bytes: number) => void;
  /** Hashes uncompressed layers on disk while they are walked; without it they are streamed like any other. */
  readonly hashes?: HashPool | undefined;
  /** Memory for large files that several layers share; each has its own unless given. */
  readonly space?: GatheringSpace | undefined;
}

/** What to call a layer in errors. */
export function nameOfLayer({ index, diffId }: Layer): string {
  return `layer ${index + 1} (${diffId.slice(0, 19)})`;
}
