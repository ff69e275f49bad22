/** A probability of 11 bits for each bit that may come, all even at first. */
export function evenProbabilities(count: number): Uint16Array {
  return new Uint16Array(count).fill(1024);
}

/**
 * Decodes bits of a chunk by how likely they are. Past its end come zeros, which `isSound` tells.
 * https://github.com/tukaani-project/xz/blob/master/doc/lzma-file-format.txt and the LZMA specification of the LZMA SDK
 */
export class RangeDecoder {
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;
  #range = 0xffff_ffff;
  #code = 0;

  constructor(bytes: Buffer, start: number, end: number) {
    this.#bytes = bytes;
    // The first byte is always zero.
    this.#at = start + 1;
    this.#end = end;
    for (let count = 0; count < 4; count++) this.#code = this.#code * 256 + this.#next();
  }

  /** Whether the bits so far were all in the chunk. */
  get isSound(): boolean {
    return this.#at <= this.#end;
  }

  bit(probabilities: Uint16Array, index: number): 0 | 1 {
    const probability = probabilities[index]!;
    const bound = (this.#range >>> 11) * probability;
    if (this.#code < bound) {
      this.#range = bound;
      probabilities[index] = probability + ((2048 - probability) >> 5);
      this.#normalise();
      return 0;
    }
    this.#range -= bound;
    this.#code -= bound;
    probabilities[index] = probability - (probability >> 5);
    this.#normalise();
    return 1;
  }

  /** A number of several bits, the highest first, whose probabilities make a tree from `start`. */
  tree(probabilities: Uint16Array, start: number, bits: number): number {
    let node = 1;
    for (let count = 0; count < bits; count++) node = (node << 1) | this.bit(probabilities, start + node);
    return node - (1 << bits);
  }

  /** The same with the lowest first. */
  reverseTree(probabilities: Uint16Array, start: number, bits: number): number {
    let node = 1;
    let value = 0;
    for (let count = 0; count < bits; count++) {
      const bit = this.bit(probabilities, start + node);
      node = (node << 1) | bit;
      value |= bit << count;
    }
    return value;
  }

  /** Bits that are each as likely as not. */
  direct(bits: number): number {
    let value = 0;
    for (let count = 0; count < bits; count++) {
      this.#range = Math.floor(this.#range / 2);
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code -= this.#range;
      this.#normalise();
      value = value * 2 + bit;
    }
    return value;
  }

  #normalise(): void {
    if (this.#range >= 0x100_0000) return;
    this.#range *= 256;
    this.#code = (this.#code * 256 + this.#next()) % 0x1_0000_0000;
  }

  #next(): number {
    const at = this.#at++;
    return at < this.#end ? this.#bytes[at]! : 0;
  }
}
