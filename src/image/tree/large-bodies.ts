import { closeSync, openSync } from 'node:fs';
import { accessFile } from '../../base/bytes/file-access.ts';
import type { FileRange } from '../../base/bytes/hash-file.ts';
import { accessBytes, type RandomAccess } from '../../base/bytes/random-access.ts';
import { toMessage } from '../../base/errors.ts';
import type { ProblemCode } from '../../base/model/problem.ts';
import type { Gathering, GatheringSpace } from './large-files.ts';
import { type FileTaker, headBytes } from './layer-reading.ts';

/** A file that is to be read where it lies. */
export interface LargeBody {
  readonly path: string;
  readonly entry: number;
  content(): RandomAccess;
  release(): void;
}

interface Current {
  readonly path: string;
  readonly entry: number;
  /** Bytes that are read: all, or a beginning that is enough. */
  readonly size: number;
  /** Most bytes that are wanted by the path alone. */
  readonly named: number;
  /** Bytes so far, while they are fewer than a head. */
  prefix: Buffer;
  gathering: Gathering | undefined;
  /** Bytes in it. */
  gathered: number;
}

/** What bodies are read with. */
export interface LargeBodyOptions {
  readonly taker: FileTaker;
  /** Where the layer's tar lies on disk as it is, if it does. */
  readonly range: FileRange | undefined;
  readonly space: GatheringSpace;
  readonly maxBytes: number;
  readonly report: (code: ProblemCode, message: string) => void;
}

/**
 * Bodies of one layer that come in parts. Those that are wanted are put together; in a layer that lies uncompressed on disk they stay
 * where they are.
 */
export class LargeBodies {
  readonly #to: LargeBodyOptions;
  #file: number | undefined;
  #current: Current | undefined;
  #whole: LargeBody[] = [];

  constructor(to: LargeBodyOptions) {
    this.#to = to;
  }

  get hasWhole(): boolean {
    return this.#whole.length > 0;
  }

  begin(path: string, entry: number, size: number, named: number): void {
    this.#abandon();
    this.#current = { path, entry, size, named, prefix: Buffer.alloc(0), gathering: undefined, gathered: 0 };
  }

  /** @param offset Byte of the archive at which the part begins. False where the rest is not wanted. */
  part(part: Buffer, offset: number): boolean {
    const current = this.#current;
    if (current === undefined) return false;
    if (current.gathering === undefined) return this.#first(current, part, offset);
    return this.#add(current, part);
  }

  /** The files that are whole by now; each is to be released. */
  takeWhole(): LargeBody[] {
    const whole = this.#whole;
    this.#whole = [];
    return whole;
  }

  /** A later entry of the same path: what came before is not what the layer has. */
  forget(path: string): void {
    for (const body of this.#whole) if (body.path === path) body.release();
    this.#whole = this.#whole.filter((body) => body.path !== path);
  }

  close(): void {
    this.#abandon();
    for (const body of this.takeWhole()) body.release();
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #first(current: Current, part: Buffer, offset: number): boolean {
    const known = current.prefix.length;
    const bytes = known === 0 ? part : Buffer.concat([current.prefix, part]);
    if (bytes.length < Math.min(headBytes, current.size)) {
      current.prefix = Buffer.from(bytes);
      return true;
    }
    return this.#isWanted(current, bytes) && this.#keep(current, bytes, offset - known);
  }

  #isWanted({ path, size, named }: Current, bytes: Buffer): boolean {
    const wanted = Math.min(Math.max(named, this.#wantsHead(path, bytes)), this.#to.maxBytes);
    if (wanted > 0 && size > wanted)
      this.#to.report(
        'too-large',
        `${path} has ${size} bytes, more than the ${wanted} that are read of such a file; what it holds is missing`,
      );
    return wanted > 0 && size <= wanted;
  }

  #wantsHead(path: string, bytes: Buffer): number {
    return this.#to.taker.wantsPeek(path) ? this.#to.taker.wantsHead(bytes.subarray(0, headBytes)) : 0;
  }

  #keep(current: Current, bytes: Buffer, start: number): boolean {
    if (this.#to.range !== undefined) {
      const { path, entry, size } = current;
      this.#whole.push({ path, entry, content: () => this.#access(this.#to.range!, start, size), release: () => {} });
      this.#current = undefined;
      return false;
    }
    if (bytes.length >= current.size) return this.#keepWhole(current, bytes.subarray(0, current.size));
    return this.#add(current, bytes);
  }

  /** A file that came in one part is read where that lies: nobody writes there before it is handed over. */
  #keepWhole({ path, entry }: Current, bytes: Buffer): boolean {
    this.#whole.push({ path, entry, content: () => accessBytes(bytes), release: () => {} });
    this.#current = undefined;
    return true;
  }

  #add(current: Current, part: Buffer): boolean {
    try {
      current.gathering ??= this.#to.space.begin(current.size);
      const rest = part.subarray(0, current.size - current.gathered);
      current.gathered += rest.length;
      if (current.gathering.add(rest) < current.size) return true;
    } catch (error) {
      this.#to.report(
        'unreadable',
        `${current.path} cannot be set aside in the temporary directory (${toMessage(error)})`,
      );
      this.#abandon();
      return false;
    }
    const { path, entry } = current;
    const { content, release } = current.gathering;
    this.#whole.push({ path, entry, content, release });
    this.#current = undefined;
    return true;
  }

  #access({ path, start }: FileRange, offset: number, size: number): RandomAccess {
    this.#file ??= openSync(path, 'r');
    return accessFile(this.#file, start + offset, size);
  }

  #abandon(): void {
    this.#current?.gathering?.release();
    this.#current = undefined;
  }
}
