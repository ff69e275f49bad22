import { ChunkReader } from '../chunk-reader.ts';
import type { TarEntry } from './entry.ts';
import { blockBytes } from './header.ts';
import { type TarLimits, TarWalker } from './walker.ts';

/** One member of a tar archive that comes as a stream. */
export interface StreamedMember {
  readonly entry: TarEntry;
  /** Its bytes, read once and before the next member is asked for; what is not read is passed over. Empty for what is no file. */
  readonly body: ChunkBody;
}

/** What a member's reader sees of it. */
export interface ChunkBody extends AsyncIterable<Uint8Array> {
  /** Reads the first bytes without taking them away. Before all other reading. */
  peek(count: number): Promise<Buffer>;
}

/** Makes the error for an archive that cannot be read further: at which byte, and the block that stands there. */
export type ToDamage = (detail: string, offset: number, block: Buffer) => Error;

/**
 * The members of a tar archive in their order, while it streams by. Ends at the archive's end mark, and closes the source.
 * Throws what `toDamage` makes for bytes that are no tar archive or stop inside a member.
 */
export async function* readTarMembers(
  source: AsyncIterable<Uint8Array>,
  limits: TarLimits,
  toDamage: ToDamage,
): AsyncGenerator<StreamedMember, undefined> {
  const input = new ChunkReader(source);
  const seen: { entry?: TarEntry; damage?: { message: string; offset: number } } = {};
  const walker = new TarWalker(
    {
      entry: (entry) => {
        seen.entry = entry;
        return false;
      },
      body: () => {},
      problem: (_code, message, offset, fatal) => {
        if (fatal) seen.damage ??= { message, offset };
      },
    },
    limits,
  );
  try {
    while (!walker.done) {
      const block = await input.take(blockBytes);
      if (block.length > 0) walker.write(block);
      if (block.length < blockBytes) walker.end();
      if (seen.damage !== undefined) throw toDamage(seen.damage.message, seen.damage.offset, block);
      if (block.length < blockBytes) return;
      const { entry } = seen;
      delete seen.entry;
      // A body and its padding, unless this was only a part of a header.
      const stored = walker.unwanted;
      const body = new MemberBody(input, entry === undefined ? 0 : Math.min(entry.size, stored), () =>
        toDamage('it ends inside a member', entry?.offset ?? 0, block),
      );
      if (entry !== undefined) yield { entry, body };
      await body.passOver(stored);
      walker.jump(stored);
    }
  } finally {
    await input.close();
  }
}

class MemberBody implements ChunkBody {
  readonly #input: ChunkReader;
  readonly #size: number;
  readonly #truncated: () => Error;
  #peeked: Buffer | undefined;
  /** Bytes taken from the archive. */
  #taken = 0;
  #pending: Promise<void> | undefined;
  #passedOver = false;

  constructor(input: ChunkReader, size: number, truncated: () => Error) {
    this.#input = input;
    this.#size = size;
    this.#truncated = truncated;
  }

  async peek(count: number): Promise<Buffer> {
    const wanted = Math.min(count, this.#size);
    this.#peeked = await this.#input.take(wanted);
    this.#taken = this.#peeked.length;
    if (this.#taken < wanted) throw this.#truncated();
    return this.#peeked;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (this.#peeked !== undefined && this.#peeked.length > 0) yield this.#peeked;
    while (!this.#passedOver && this.#taken < this.#size) yield await this.#takeSome(this.#size);
  }

  /**
   * Leaves the archive `stored` bytes behind the body's first one. A reader that has given up may still wait for a chunk (feeding
   * a decompressor that has failed): that chunk is waited for, and then it gets no more.
   */
  async passOver(stored: number): Promise<void> {
    this.#passedOver = true;
    await this.#pending;
    while (this.#taken < stored) await this.#takeSome(stored);
  }

  #takeSome(end: number): Promise<Buffer> {
    const taking = this.#takeFrom(end);
    this.#pending = taking.then(
      () => {},
      () => {},
    );
    return taking;
  }

  async #takeFrom(end: number): Promise<Buffer> {
    const part = await this.#input.takeSome(end - this.#taken);
    if (part === undefined) throw this.#truncated();
    this.#taken += part.length;
    return part;
  }
}
