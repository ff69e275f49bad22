import { decompress } from '../../base/bytes/decompress.ts';
import type { TarEntry } from '../../base/bytes/tar/entry.ts';
import { TarWalker } from '../../base/bytes/tar/walker.ts';
import { createVerifier, verifyBytes } from '../../base/bytes/verify.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Layer } from '../../base/model/image.ts';
import type { Problem, ProblemCode } from '../../base/model/problem.ts';
import { normaliseEntryPath } from './entry-path.ts';
import { LayerLogWriter } from './layer-log.ts';

/** Who wants files of a layer, and takes them. */
export interface FileTaker {
  /** Most bytes wanted of a file at this path; 0 where it is not wanted. */
  wants(path: string): number;
  /** A wanted file. A later one at the same path replaces it, as in the tar. */
  take(path: string, bytes: Buffer): void | Promise<void>;
  /** An entry of any kind at this path: what was taken there before is no longer what the layer has. */
  forget(path: string): void;
}

/** What a layer's tar says, bodies apart. */
export interface LayerEntries {
  /** See `LayerLogWriter`. */
  readonly log: Buffer;
  readonly count: number;
  readonly problems: readonly Problem[];
}

export interface ReadLayerOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Called with the stored bytes as they come in. */
  readonly onBytes?: (bytes: number) => void;
}

/**
 * Reads a layer once, from its stored bytes: verifies size and digest, undoes compression, verifies the diffID, walks the tar
 * and hands over wanted files. Throws where the bytes are not what the image says; nothing taken may be believed then.
 */
export async function readLayer(layer: Layer, taker: FileTaker, options: ReadLayerOptions): Promise<LayerEntries> {
  const what = `layer ${layer.index + 1} (${layer.diffId.slice(0, 19)})`;
  const stored = countBytes(layer.open(options.signal), options);
  const blob = layer.descriptor ? verifyBytes(stored, layer.descriptor, `${what}, as stored,`) : stored;
  const diffId = createVerifier({ digest: layer.diffId }, what);
  const collector = new EntryCollector(layer, taker, options.limits);
  const walker = new TarWalker(collector, options.limits);
  for await (const chunk of decompress(blob, options.limits, what)) {
    diffId.update(chunk);
    walker.write(chunk);
    if (collector.hasPending) await collector.handOver();
  }
  diffId.end();
  walker.end();
  return collector.finish();
}

async function* countBytes(
  source: AsyncIterable<Uint8Array>,
  { signal, onBytes }: ReadLayerOptions,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    signal?.throwIfAborted();
    onBytes?.(chunk.length);
    yield chunk;
  }
}

class EntryCollector {
  readonly #layer: Layer;
  readonly #taker: FileTaker;
  readonly #limits: Limits;
  readonly #log = new LayerLogWriter();
  readonly #problems: Problem[] = [];
  #pending: { path: string; bytes: Buffer }[] = [];
  #currentPath = '';

  constructor(layer: Layer, taker: FileTaker, limits: Limits) {
    this.#layer = layer;
    this.#taker = taker;
    this.#limits = limits;
  }

  get hasPending(): boolean {
    return this.#pending.length > 0;
  }

  entry(entry: TarEntry): boolean {
    const normalised = normaliseEntryPath(entry.path, this.#limits);
    if ('code' in normalised) {
      this.problem(normalised.code, normalised.message, entry.offset);
      return false;
    }
    const { path } = normalised;
    this.#countEntry();
    this.#log.add({ ...entry, path, hasCapability: entry.xattrs?.has('security.capability') ?? false });
    this.#taker.forget(path);
    if (this.#pending.length > 0) this.#pending = this.#pending.filter((file) => file.path !== path);
    this.#currentPath = path;
    return entry.type === 'file' && this.#isWanted(path, entry);
  }

  body(_entry: TarEntry, bytes: Buffer): void {
    this.#pending.push({ path: this.#currentPath, bytes });
  }

  problem(code: ProblemCode, message: string, offset: number): void {
    if (this.#problems.length >= this.#limits.maxProblems) return;
    const where = { layer: this.#layer.diffId, path: this.#currentPath, offset, unit: 'byte' } as const;
    this.#problems.push({ kind: 'problem', where, code, message: `In layer ${this.#layer.index + 1}: ${message}.` });
  }

  async handOver(): Promise<void> {
    const files = this.#pending;
    this.#pending = [];
    for (const { path, bytes } of files) await this.#taker.take(path, bytes);
  }

  finish(): LayerEntries {
    return { log: this.#log.finish(), count: this.#log.count, problems: this.#problems };
  }

  #isWanted(path: string, entry: TarEntry): boolean {
    const wanted = Math.min(this.#taker.wants(path), this.#limits.maxFileBytes);
    if (wanted === 0) return false;
    if (entry.size <= wanted) return true;
    this.problem(
      'too-large',
      `${path} has ${entry.size} bytes, more than the ${wanted} that are read of such a file; what it lists is missing`,
      entry.offset,
    );
    return false;
  }

  #countEntry(): void {
    if (this.#log.count < this.#limits.maxEntries) return;
    throw new PlimsollError(
      'limit-exceeded',
      `layer ${this.#layer.index + 1} has more than ${this.#limits.maxEntries} entries. It was not read further.`,
    );
  }
}
