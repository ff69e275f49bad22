/** Takes pieces of any length from a source of chunks, each byte once. A source that has failed fails each later take the same way. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #left: Buffer = Buffer.alloc(0);
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#chunks = source[Symbol.asyncIterator]();
  }

  /** The next bytes, as many as asked for; fewer only at the end. */
  async take(count: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.takeSome(missing);
      if (part === undefined) break;
      parts.push(part);
      missing -= part.length;
    }
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  }

  /** The next bytes as they come, at most `max`; undefined at the end. */
  async takeSome(max: number): Promise<Buffer | undefined> {
    while (this.#left.length === 0) {
      if (this.#ended) return undefined;
      await this.#fill();
    }
    const part = this.#left.subarray(0, max);
    this.#left = this.#left.subarray(part.length);
    return part;
  }

  async #fill(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure.error;
    try {
      const { done, value } = await this.#chunks.next();
      if (done) this.#ended = true;
      else this.#left = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    } catch (error) {
      this.#failure = { error };
      throw error;
    }
  }

  /** Lets the source go. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#left = Buffer.alloc(0);
    await this.#chunks.return?.();
  }
}
