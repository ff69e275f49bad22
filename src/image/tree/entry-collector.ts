import type { TarEntry } from '../../base/bytes/tar/entry.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Layer } from '../../base/model/image.ts';
import type { ProblemCode } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import { isMarker, normaliseEntryPath } from './entry-path.ts';
import { LayerLogWriter } from './layer-log.ts';
import type { FileTaker, LayerEntries } from './layer-reading.ts';

/** Takes what a tar walker meets in one layer: logs each entry, and hands wanted files on. */
export class EntryCollector {
  readonly #layer: Pick<Layer, 'index' | 'diffId'>;
  readonly #taker: FileTaker;
  readonly #limits: Limits;
  readonly #log = new LayerLogWriter();
  readonly #problems: ProblemList;
  #pending: { path: string; bytes: Buffer; entry: number }[] = [];
  #currentPath = '';
  #hasMarkers = false;

  constructor(layer: Pick<Layer, 'index' | 'diffId'>, taker: FileTaker, limits: Limits) {
    this.#layer = layer;
    this.#taker = taker;
    this.#limits = limits;
    this.#problems = new ProblemList(limits.maxProblems);
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
    if (entry.linkName.length > this.#limits.maxPathBytes) {
      this.problem(
        'too-large',
        `the target of a link has more than ${this.#limits.maxPathBytes} bytes; the link was skipped`,
        entry.offset,
      );
      return false;
    }
    this.#countEntry();
    this.#log.add({ ...entry, path, hasCapability: entry.xattrs?.has('security.capability') ?? false });
    this.#taker.forget(path);
    if (this.#pending.length > 0 && !this.#taker.takesReplaced)
      this.#pending = this.#pending.filter((file) => file.path !== path);
    this.#currentPath = path;
    if (isMarker(path)) this.#hasMarkers = true;
    return entry.type === 'file' && this.#isWanted(path, entry);
  }

  body(_entry: TarEntry, bytes: Buffer): void {
    this.#pending.push({ path: this.#currentPath, bytes, entry: this.#log.count - 1 });
  }

  problem(code: ProblemCode, message: string, offset: number): void {
    const where = { layer: this.#layer.diffId, path: this.#currentPath, offset, unit: 'byte' } as const;
    this.#problems.add({ kind: 'problem', where, code, message: `${message[0]!.toUpperCase()}${message.slice(1)}.` });
  }

  async handOver(): Promise<void> {
    const files = this.#pending;
    this.#pending = [];
    for (const { path, bytes, entry } of files) {
      await this.#taker.take(path, bytes, entry);
      release(bytes);
    }
  }

  finish(): LayerEntries {
    return {
      log: this.#log.finish(),
      count: this.#log.count,
      hasMarkers: this.#hasMarkers,
      problems: this.#problems.toArray(),
    };
  }

  #isWanted(path: string, entry: TarEntry): boolean {
    const wanted = Math.min(this.#taker.wants(path, this.#log.count - 1), this.#limits.maxFileBytes);
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

/** Gives the memory of a large file back at once. The collector of garbage sees how few objects there are, not how large they are. */
function release({ buffer, byteLength }: Buffer): void {
  if (byteLength > 1 << 20 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
