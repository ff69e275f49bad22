import { evenProbabilities, RangeDecoder } from './range-decoder.ts';

/** Where unpacked bytes are put; what is there can be copied from. */
export interface Output {
  readonly bytes: Buffer;
  length: number;
}

/** Bits of a literal's context, of its place, and of a match's place. */
interface Properties {
  readonly literalContextBits: number;
  readonly literalPlaceMask: number;
  readonly placeMask: number;
}

const states = 12;
const placeStates = 16;
const shortestMatch = 2;
/** Distances from this slot on have bits that are not modelled. */
const firstDirectSlot = 14;

/** Undefined where LZMA2 does not allow them: context and place bits of literals are at most 4 together. */
export function parseProperties(byte: number): Properties | undefined {
  if (byte >= 9 * 5 * 5) return undefined;
  const literalContextBits = byte % 9;
  const literalPlaceBits = Math.floor(byte / 9) % 5;
  if (literalContextBits + literalPlaceBits > 4) return undefined;
  const placeMask = (1 << Math.floor(byte / 45)) - 1;
  return { literalContextBits, literalPlaceMask: (1 << literalPlaceBits) - 1, placeMask };
}

/** What is remembered from one chunk of LZMA to the next. */
export class LzmaDecoder {
  readonly #properties: Properties;
  #state = 0;
  /** The four last distances, less one. */
  #distances: [number, number, number, number] = [0, 0, 0, 0];
  readonly #isMatch = evenProbabilities(states * placeStates);
  readonly #isRepeat = evenProbabilities(states);
  readonly #isNotFirst = evenProbabilities(states);
  readonly #isLong = evenProbabilities(states * placeStates);
  readonly #isNotSecond = evenProbabilities(states);
  readonly #isFourth = evenProbabilities(states);
  readonly #literals = evenProbabilities(0x300 * 16);
  readonly #slots = evenProbabilities(4 * 64);
  readonly #modelled = evenProbabilities(128);
  readonly #aligned = evenProbabilities(16);
  readonly #matchLengths = lengthProbabilities();
  readonly #repeatLengths = lengthProbabilities();

  constructor(properties: Properties) {
    this.#properties = properties;
  }

  /**
   * Unpacks one chunk.
   * @param start Of the output: what lies before is not copied from.
   * @returns Whether it is what the chunk said: `length` bytes, and no copy from before the start.
   */
  decode(chunk: Buffer, output: Output, start: number, length: number): boolean {
    const range = new RangeDecoder(chunk, 0, chunk.length);
    const end = output.length + length;
    while (output.length < end && range.isSound) {
      const place = (output.length - start) & this.#properties.placeMask;
      if (range.bit(this.#isMatch, this.#state * placeStates + place) === 0) this.#putLiteral(range, output, start);
      else {
        const count = this.#readMatch(range, place);
        const from = output.length - this.#distances[0] - 1;
        if (from < start || output.length + count > end) return false;
        for (let at = 0; at < count; at++) output.bytes[output.length++] = output.bytes[from + at]!;
      }
    }
    return output.length === end && range.isSound;
  }

  #putLiteral(range: RangeDecoder, output: Output, start: number): void {
    const { literalContextBits, literalPlaceMask } = this.#properties;
    const before = output.length > start ? output.bytes[output.length - 1]! : 0;
    const place = ((output.length - start) & literalPlaceMask) << literalContextBits;
    const first = 0x300 * (place + (before >> (8 - literalContextBits)));
    let node = 1;
    const from = output.length - this.#distances[0] - 1;
    if (this.#state >= 7 && from >= start) {
      // After a match, the byte that would have come next tells which it is not.
      for (let other = output.bytes[from]!; node < 0x100; other = (other << 1) & 0xff) {
        const expected = other >> 7;
        const bit = range.bit(this.#literals, first + ((1 + expected) << 8) + node);
        node = (node << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (node < 0x100) node = (node << 1) | range.bit(this.#literals, first + node);
    output.bytes[output.length++] = node & 0xff;
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** The length of a match; its distance is the first of those remembered afterwards. */
  #readMatch(range: RangeDecoder, place: number): number {
    const isAfterLiteral = this.#state < 7;
    if (range.bit(this.#isRepeat, this.#state) === 0) {
      const length = readLength(range, this.#matchLengths, place);
      const [first, second, third] = this.#distances;
      this.#distances = [this.#readDistance(range, length), first, second, third];
      this.#state = isAfterLiteral ? 7 : 10;
      return length;
    }
    if (this.#isShortRepeat(range, place)) {
      this.#state = isAfterLiteral ? 9 : 11;
      return 1;
    }
    this.#state = isAfterLiteral ? 8 : 11;
    return readLength(range, this.#repeatLengths, place);
  }

  /** Moves the distance that is repeated to the front; true where just one byte is. */
  #isShortRepeat(range: RangeDecoder, place: number): boolean {
    if (range.bit(this.#isNotFirst, this.#state) === 0)
      return range.bit(this.#isLong, this.#state * placeStates + place) === 0;
    const [first, second, third, fourth] = this.#distances;
    if (range.bit(this.#isNotSecond, this.#state) === 0) this.#distances = [second, first, third, fourth];
    else if (range.bit(this.#isFourth, this.#state) === 0) this.#distances = [third, first, second, fourth];
    else this.#distances = [fourth, first, second, third];
    return false;
  }

  /** A slot says how many bits the distance has and its two highest. */
  #readDistance(range: RangeDecoder, length: number): number {
    const slot = range.tree(this.#slots, Math.min(length - shortestMatch, 3) * 64, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const highest = (2 | (slot & 1)) * 2 ** bits;
    if (slot < firstDirectSlot) return highest + range.reverseTree(this.#modelled, highest - slot, bits);
    return highest + range.direct(bits - 4) * 16 + range.reverseTree(this.#aligned, 0, 4);
  }
}

interface LengthProbabilities {
  readonly choice: Uint16Array;
  readonly low: Uint16Array;
  readonly middle: Uint16Array;
  readonly high: Uint16Array;
}

function lengthProbabilities(): LengthProbabilities {
  const [choice, low] = [evenProbabilities(2), evenProbabilities(placeStates * 8)];
  return { choice, low, middle: evenProbabilities(placeStates * 8), high: evenProbabilities(256) };
}

function readLength(range: RangeDecoder, { choice, low, middle, high }: LengthProbabilities, place: number): number {
  if (range.bit(choice, 0) === 0) return shortestMatch + range.tree(low, place * 8, 3);
  if (range.bit(choice, 1) === 0) return shortestMatch + 8 + range.tree(middle, place * 8, 3);
  return shortestMatch + 16 + range.tree(high, 0, 8);
}
