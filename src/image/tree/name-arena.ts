import { randomInt } from 'node:crypto';

/** Differs from run to run, so that no image can be made whose names all fall into one slot. */
const processSeed = randomInt(2 ** 32);

/** Path names of a tree, one after the other in one buffer: 4 bytes of place and 1 byte a letter each. */
export class NameArena {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  readonly #scratch = Buffer.allocUnsafe(16 * 1024);
  #scratchLength = 0;

  /** Bytes of all names. */
  get bytes(): number {
    return this.#length;
  }

  /** Takes the name that the next `hash`, `matches` and `store` speak of. */
  take(name: string): void {
    this.#scratchLength = this.#scratch.write(name);
  }

  /** FNV-1a over a seed and the name that was taken. */
  hash(seed: number): number {
    let hash = processSeed ^ Math.imul(seed, 0x9e3779b1);
    for (let at = 0; at < this.#scratchLength; at++) hash = Math.imul(hash ^ this.#scratch[at]!, 0x01000193);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  matches(place: number): boolean {
    const length = this.#bytes.readUInt16LE(place);
    if (length !== this.#scratchLength) return false;
    for (let at = 0; at < length; at++) if (this.#bytes[place + 2 + at] !== this.#scratch[at]) return false;
    return true;
  }

  /** Keeps the name that was taken, and answers its place. */
  store(): number {
    const place = this.#length;
    this.#reserve(this.#scratchLength + 2);
    this.#bytes.writeUInt16LE(this.#scratchLength, place);
    this.#scratch.copy(this.#bytes, place + 2, 0, this.#scratchLength);
    this.#length = place + 2 + this.#scratchLength;
    return place;
  }

  text(place: number): string {
    return this.#bytes.toString('utf8', place + 2, place + 2 + this.#bytes.readUInt16LE(place));
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(this.#bytes.length * 2);
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
