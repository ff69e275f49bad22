import type { FileRange } from '../../base/bytes/hash-file.ts';
import { accessBytes } from '../../base/bytes/random-access.ts';
import type { TarEntry } from '../../base/bytes/tar/entry.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Layer } from '../../base/model/image.ts';
import type { ProblemCode } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import { isMarker, normaliseEntryPath } from './entry-path.ts';
import { LargeBodies } from './large-bodies.ts';
import { GatheringSpace } from './large-files.ts';
import { LayerLogWriter } from './layer-log.ts';
import { type FileTaker, headBytes, type LayerEntries, type ReadLayerOptions } from './layer-reading.ts';
import { toSentence } from './to-sentence.ts';

/** No file that is wanted by its head is smaller: a header of ELF has 52. */
const minProgramBytes = 52;

/** Takes what a tar walker meets in one layer: logs each entry, and hands wanted files on. */
export class EntryCollector {
  readonly #layer: Pick<Layer, 'index' | 'diffId'>;
  readonly #taker: FileTaker;
  readonly #limits: Limits;
  readonly #log = new LayerLogWriter();
  readonly #problems: ProblemList;
  readonly #large: LargeBodies;
  #pending: { path: string; bytes: Buffer; entry: number }[] = [];
  #currentPath = '';
  #currentOffset = 0;
  #hasMarkers = false;

  /** @param range Where the layer's tar lies on disk as it is, if it does. */
  constructor(
    layer: Pick<Layer, 'index' | 'diffId'>,
    taker: FileTaker,
    { limits, space = new GatheringSpace() }: Pick<ReadLayerOptions, 'limits' | 'space'>,
    range?: FileRange,
  ) {
    this.#layer = layer;
    this.#taker = taker;
    this.#limits = limits;
    this.#problems = new ProblemList(limits.maxProblems);
    const report = (code: ProblemCode, message: string) => this.problem(code, message, this.#currentOffset);
    this.#large = new LargeBodies({ taker, range, space, maxBytes: limits.maxLargeFileBytes, report });
  }

  get hasPending(): boolean {
    return this.#pending.length > 0 || this.#large.hasWhole;
  }

  entry(entry: TarEntry): boolean | 'parts' {
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
    if (this.hasPending && !this.#taker.takesReplaced) this.#dropPending(path);
    this.#currentPath = path;
    this.#currentOffset = entry.offset;
    if (isMarker(path)) this.#hasMarkers = true;
    return entry.type === 'file' && (this.#isWanted(path, entry) || this.#wantsParts(path, entry));
  }

  part(_entry: TarEntry, bytes: Buffer, offset: number): boolean {
    return this.#large.part(bytes, offset);
  }

  body(_entry: TarEntry, bytes: Buffer): void {
    this.#pending.push({ path: this.#currentPath, bytes, entry: this.#log.count - 1 });
  }

  problem(code: ProblemCode, message: string, offset: number): void {
    const where = { layer: this.#layer.diffId, path: this.#currentPath, offset, unit: 'byte' } as const;
    this.#problems.add({ kind: 'problem', where, code, message: toSentence(message, this.#currentPath) });
  }

  async handOver(): Promise<void> {
    const files = this.#pending;
    this.#pending = [];
    for (const { path, bytes, entry } of files) {
      if (this.#taker.wants(path, entry) > 0) await this.#taker.take(path, bytes, entry);
      if (this.#wantsLarge(path, bytes, entry)) await this.#taker.takeLarge(path, accessBytes(bytes), entry);
      release(bytes);
    }
    for (const { path, entry, content, release: free } of this.#large.takeWhole()) {
      try {
        await this.#taker.takeLarge(path, content(), entry);
      } finally {
        free();
      }
    }
  }

  /** Gives back what is held beside memory. */
  close(): void {
    this.#large.close();
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

  /** Whether the body is to come in parts, of which the first may tell that it is not wanted after all. */
  #wantsParts(path: string, { size, isSparse }: TarEntry): boolean | 'parts' {
    const place = this.#log.count - 1;
    const named = this.#taker.wantsLarge(path, place);
    if (named === 0 && (size < minProgramBytes || isSparse || !this.#taker.wantsPeek(path))) return false;
    if (size === 0 || (isSparse && size <= this.#limits.maxFileBytes)) return true;
    if (isSparse) {
      this.problem('unsupported', `${path} is a sparse file of ${size} bytes, which is not read`, this.#currentOffset);
      return false;
    }
    const enough = named === 0 ? size : (this.#taker.wantsStart?.(path, place) ?? size);
    this.#large.begin(path, place, Math.min(size, enough), named);
    return 'parts';
  }

  #wantsLarge(path: string, bytes: Buffer, entry: number): boolean {
    if (this.#taker.wantsLarge(path, entry) > 0) return true;
    return this.#taker.wantsPeek(path) && this.#taker.wantsHead(bytes.subarray(0, headBytes)) > 0;
  }

  #dropPending(path: string): void {
    this.#pending = this.#pending.filter((file) => file.path !== path);
    this.#large.forget(path);
  }

  #countEntry(): void {
    const { maxEntries, maxNameBytes } = this.#limits;
    if (this.#log.count >= maxEntries) this.#refuse(`${maxEntries} entries`);
    if (this.#log.bytes > maxNameBytes) this.#refuse(`${maxNameBytes} bytes of paths`);
  }

  #refuse(what: string): never {
    const message = `layer ${this.#layer.index + 1} has more than ${what}. It was not read further.`;
    throw new PlimsollError('limit-exceeded', message);
  }
}

/** Gives the memory of a large file back at once. The collector of garbage sees how few objects there are, not how large they are. */
function release({ buffer, byteLength }: Buffer): void {
  if (byteLength > 1 << 20 && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
