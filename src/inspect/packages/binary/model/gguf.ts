/** Texts of a model by their keys. */
export type GgufStrings = ReadonlyMap<string, string>;

/** What was read before the damage, if there is any. */
export interface GgufMetadata {
  readonly strings: GgufStrings;
  readonly damage?: 'truncated' | 'malformed' | 'too-many';
}

/** Bytes of a value by its type; texts and lists have a length. */
const fixedBytes: readonly (number | undefined)[] = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];
const stringType = 8;
const arrayType = 9;
/** Keys of the largest models are some hundred, texts in lists some million. */
const maxPairs = 10_000;
const maxListedStrings = 2_000_000;
const maxKeptBytes = 1000;

/** Reads the pairs of keys and values in front of a model, of versions 1 to 3, in either order of bytes. */
export function readGguf(bytes: Buffer): GgufMetadata {
  const strings = new Map<string, string>();
  const damage = new GgufReader(bytes).read(strings);
  return damage === undefined ? { strings } : { strings, damage };
}

class GgufReader {
  readonly #bytes: Buffer;
  #at = 4;
  #isBig = false;
  #isFirst = false;
  #listed = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  read(strings: Map<string, string>): GgufMetadata['damage'] {
    const bytes = this.#bytes;
    if (!bytes.subarray(0, 4).equals(Buffer.from('GGUF').subarray(0, bytes.length))) return 'malformed';
    if (bytes.length < 8) return 'truncated';
    // A version in the other order of bytes would be some million.
    this.#isBig = bytes.readUInt16LE(4) === 0;
    const version = this.#number(4);
    if (version === undefined || version < 1 || version > 3) return 'malformed';
    this.#isFirst = version === 1;
    this.#length();
    const count = this.#length();
    if (count !== undefined && count > maxPairs) return 'too-many';
    for (let pair = 0; pair < (count ?? 0); pair++) {
      const damage = this.#pair(strings);
      if (damage !== undefined) return damage;
    }
    return count === undefined ? 'truncated' : undefined;
  }

  #pair(strings: Map<string, string>): GgufMetadata['damage'] {
    const key = this.#string();
    const type = this.#number(4);
    if (key === undefined || type === undefined) return 'truncated';
    if (type === arrayType) return this.#skipList();
    if (type !== stringType) return this.#skip(fixedBytes[type]);
    const value = this.#string();
    if (value === undefined) return 'truncated';
    strings.set(key, value);
    return undefined;
  }

  /** Lists of lists are allowed by the format and made by nobody. */
  #skipList(): GgufMetadata['damage'] {
    const type = this.#number(4);
    const count = this.#length();
    if (type === undefined || count === undefined) return 'truncated';
    if (type !== stringType) return this.#skip(fixedBytes[type] === undefined ? undefined : fixedBytes[type] * count);
    for (let index = 0; index < count; index++) {
      if (++this.#listed > maxListedStrings) return 'too-many';
      const length = this.#length();
      if (length === undefined || this.#skip(length) !== undefined) return 'truncated';
    }
    return undefined;
  }

  /** @param length Undefined where the type is none that is known. */
  #skip(length: number | undefined): GgufMetadata['damage'] {
    if (length === undefined) return 'malformed';
    this.#at += length;
    return this.#at > this.#bytes.length ? 'truncated' : undefined;
  }

  #string(): string | undefined {
    const length = this.#length();
    const start = this.#at;
    if (length === undefined || this.#skip(length) !== undefined) return undefined;
    return this.#bytes.toString('utf8', start, start + Math.min(length, maxKeptBytes));
  }

  #length(): number | undefined {
    return this.#number(this.#isFirst ? 4 : 8);
  }

  #number(size: 4 | 8): number | undefined {
    const at = this.#at;
    this.#at += size;
    if (this.#at > this.#bytes.length) return undefined;
    if (size === 4) return this.#isBig ? this.#bytes.readUInt32BE(at) : this.#bytes.readUInt32LE(at);
    return Number(this.#isBig ? this.#bytes.readBigUInt64BE(at) : this.#bytes.readBigUInt64LE(at));
  }
}
