import type { ProblemCode } from '../../model/problem.ts';
import { type Body, type Extensions, isExtension, joinEntry, type TarEntry } from './entry.ts';
import { blockBytes, decodeName, isZeroBlock, parseHeader, type RawHeader } from './header.ts';
import { parsePaxRecords } from './pax.ts';
import { expandSparse, readBodyMap, readGnuRuns, type SparseFile, type SparseRun } from './sparse.ts';

/** Receives what a `TarWalker` meets, in the archive's order. */
export interface TarVisitor {
  /**
   * A member. True asks for its body, which is then held whole: look at `entry.size` first. `parts` asks for it as it comes, which a
   * sparse file does not.
   */
  entry(entry: TarEntry): boolean | 'parts';
  /** The body that was asked for. The bytes may share memory with the chunk that was written: use or copy them at once. */
  body(entry: TarEntry, bytes: Buffer): void;
  /**
   * A part of the body that was asked for so; `offset` is the archive's byte at which it begins. False where the rest is not wanted.
   * The bytes share memory with the chunk that was written.
   */
  part?(entry: TarEntry, bytes: Buffer, offset: number): boolean;
  /** Damage, with its byte. Where `fatal`, no later entry can be found. */
  problem(code: ProblemCode, message: string, offset: number, fatal: boolean): void;
}

export interface TarLimits {
  readonly maxTarHeaderBytes: number;
}

type Want = { readonly entry: TarEntry; readonly body: Body };

const none: Extensions = { global: new Map(), pax: new Map() };
/** A sparse map at the start of a body takes at most this much beside the data. */
const maxSparseMapBytes = 4 << 20;

/**
 * Walks a tar archive that is written to it in chunks of any size. Bodies that nobody asked for are stepped over, so that
 * a walk costs little more than its headers. Nothing is thrown for bad bytes.
 */
export class TarWalker {
  readonly #visitor: TarVisitor;
  readonly #limits: TarLimits;
  /** Bytes written before the current chunk. */
  #position = 0;
  /** Body bytes and padding still to step over, and how many of them are padding. */
  #skip = 0;
  #padding = 0;
  #block: Buffer = Buffer.alloc(0);
  #gathered: Buffer | undefined;
  #toGather = 0;
  #whenGathered: (bytes: Buffer) => void = () => {};
  /** The member whose body comes in parts, and bytes of it still to come. */
  #parted: TarEntry | undefined;
  #partsLeft = 0;
  #extensions: Extensions = none;
  #headerOffset = 0;
  /** A block of zeros was seen; the end mark has two. */
  #endsHere = false;
  #done = false;

  constructor(visitor: TarVisitor, limits: TarLimits) {
    this.#visitor = visitor;
    this.#limits = limits;
  }

  /** True once the end mark was seen, or no later entry can be found. */
  get done(): boolean {
    return this.#done;
  }

  /** Bytes that come next and that nobody asked for: whoever can, may `jump` over them instead of writing them. */
  get unwanted(): number {
    return this.#toGather === 0 && this.#partsLeft === 0 ? this.#skip : 0;
  }

  /** @param bytes At most `unwanted`. */
  jump(bytes: number): void {
    this.#skip -= bytes;
    this.#position += bytes;
  }

  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length && !this.#done) {
      if (this.#partsLeft > 0) at = this.#handPart(bytes, at);
      else if (this.#toGather > 0) at = this.#gather(bytes, at);
      else if (this.#skip > 0) at = this.#stepOver(bytes, at);
      else at = this.#header(bytes, at);
    }
    this.#position += bytes.length;
  }

  /** Call after the last chunk: an archive that stops inside an entry is reported. Some writers leave out the last padding. */
  end(): void {
    const inside =
      this.#toGather > 0 ||
      this.#partsLeft > 0 ||
      this.#skip > this.#padding ||
      this.#block.length > 0 ||
      hasPending(this.#extensions);
    if (!this.#done && inside) this.#fail('truncated', 'the tar archive ends inside an entry', this.#position);
  }

  #stepOver(bytes: Buffer, at: number): number {
    const step = Math.min(this.#skip, bytes.length - at);
    this.#skip -= step;
    return at + step;
  }

  /** Reads one header block, which may be cut in two by chunk borders. */
  #header(bytes: Buffer, at: number): number {
    const missing = blockBytes - this.#block.length;
    const end = Math.min(at + missing, bytes.length);
    const whole = this.#block.length === 0 && end - at === blockBytes;
    const block = whole ? bytes.subarray(at, end) : Buffer.concat([this.#block, bytes.subarray(at, end)]);
    if (block.length < blockBytes) this.#block = block;
    else {
      this.#block = Buffer.alloc(0);
      this.#headerOffset = this.#position + end - blockBytes;
      this.#onHeader(block);
    }
    return end;
  }

  #onHeader(block: Buffer): void {
    if (isZeroBlock(block)) {
      this.#done = this.#endsHere;
      this.#endsHere = true;
      return;
    }
    if (this.#endsHere) return this.#fail('malformed', 'a lone block of zeros amid the entries', this.#headerOffset);
    const header = parseHeader(block);
    if (header === undefined)
      this.#fail('malformed', 'a tar header with a wrong checksum or number', this.#headerOffset);
    else if (isExtension(header.type)) this.#onExtension(header);
    else if (header.type === 'S') this.#onGnuSparse(header, block);
    else this.#onEntry(header);
  }

  #onExtension(header: RawHeader): void {
    if (header.size > this.#limits.maxTarHeaderBytes) {
      this.#fail('too-large', `an extended tar header of ${header.size} bytes`, this.#headerOffset);
    } else this.#collect(header.size, (body) => this.#applyExtension(header.type, body));
  }

  #applyExtension(type: string, body: Buffer): void {
    const text = () => decodeName(body.subarray(0, body.indexOf(0) < 0 ? body.length : body.indexOf(0)));
    if (type === 'L') this.#extensions = { ...this.#extensions, longName: text() };
    else if (type === 'K') this.#extensions = { ...this.#extensions, longLink: text() };
    else {
      const records = parsePaxRecords(body);
      if (records === undefined) this.#report('malformed', 'an extended header whose record lengths are wrong');
      else if (type === 'g')
        this.#extensions = { ...this.#extensions, global: new Map([...this.#extensions.global, ...records]) };
      else this.#extensions = { ...this.#extensions, pax: records };
    }
  }

  #onGnuSparse(header: RawHeader, block: Buffer): void {
    const runs = readGnuRuns(block, 386, 4);
    const realSize = Number.parseInt(block.toString('latin1', 483, 495), 8);
    if (runs === undefined || !(realSize >= 0))
      return this.#fail('malformed', 'a sparse file with an impossible map', this.#headerOffset);
    this.#sparseExtension(header, { realSize, runs }, block[482] !== 0, this.#headerOffset);
  }

  /** Extension blocks follow one another while byte 504 says so. */
  #sparseExtension(header: RawHeader, sparse: SparseFile & { runs: SparseRun[] }, more: boolean, offset: number): void {
    if (!more || sparse.runs.length > 100_000) {
      this.#extensions = { ...this.#extensions, gnuSparse: sparse };
      this.#headerOffset = offset;
      return this.#onEntry(header);
    }
    this.#collect(blockBytes, (block) => {
      const runs = readGnuRuns(block, 0, 21);
      if (runs === undefined) this.#fail('malformed', 'a sparse file with an impossible map', offset);
      else {
        // The list is this file's own; copying it for each block would take time by the square of its length.
        sparse.runs.push(...runs);
        this.#sparseExtension(header, sparse, block[504] !== 0, offset);
      }
    });
  }

  #onEntry(header: RawHeader): void {
    const joined = joinEntry(header, this.#extensions, this.#headerOffset);
    this.#extensions = this.#extensions.global.size === 0 ? none : { global: this.#extensions.global, pax: none.pax };
    if ('code' in joined) {
      this.#report(joined.code, joined.message);
      this.#passOver(header.size);
      return;
    }
    const wish = this.#visitor.entry(joined.entry);
    if (wish === 'parts' && !joined.entry.isSparse) this.#beginParts(joined);
    else if (wish) this.#capture(joined);
    else this.#passOver(joined.body.storedBytes);
  }

  #beginParts({ entry, body: { storedBytes } }: Want): void {
    this.#padding = paddingOf(storedBytes);
    this.#skip = this.#padding;
    this.#parted = entry;
    this.#partsLeft = storedBytes;
  }

  #handPart(bytes: Buffer, at: number): number {
    const part = bytes.subarray(at, at + this.#partsLeft);
    this.#partsLeft -= part.length;
    if (this.#visitor.part?.(this.#parted!, part, this.#position + at) === false) {
      this.#skip += this.#partsLeft;
      this.#partsLeft = 0;
    }
    return at + part.length;
  }

  #capture(want: Want): void {
    const { storedBytes } = want.body;
    if (storedBytes > want.entry.size + maxSparseMapBytes) {
      this.#report('malformed', 'a sparse file that stores more than its size');
      this.#passOver(storedBytes);
    } else this.#collect(storedBytes, (stored) => this.#deliver(want, stored));
  }

  #deliver({ entry, body }: Want, stored: Buffer): void {
    if (body.sparse === undefined) return this.#visitor.body(entry, stored);
    const map = body.sparse.runs === 'inBody' ? readBodyMap(stored) : { runs: body.sparse.runs, bytes: 0 };
    const file = map && expandSparse(stored.subarray(map.bytes), map.runs, body.sparse.realSize);
    if (file === undefined) this.#report('malformed', `the sparse file ${entry.path} has an impossible map`);
    else this.#visitor.body(entry, file);
  }

  #passOver(size: number): void {
    this.#padding = paddingOf(size);
    this.#skip = size + this.#padding;
  }

  /** Gathers `size` bytes, then steps over their padding. */
  #collect(size: number, then: (bytes: Buffer) => void): void {
    this.#padding = paddingOf(size);
    this.#skip = this.#padding;
    if (size === 0) return then(Buffer.alloc(0));
    this.#toGather = size;
    this.#whenGathered = then;
  }

  #gather(bytes: Buffer, at: number): number {
    const part = bytes.subarray(at, at + this.#toGather);
    const isWhole = this.#gathered === undefined && part.length === this.#toGather;
    if (!isWhole) {
      this.#gathered ??= Buffer.allocUnsafe(this.#toGather);
      part.copy(this.#gathered, this.#gathered.length - this.#toGather);
    }
    this.#toGather -= part.length;
    if (this.#toGather === 0) {
      const all = isWhole ? part : this.#gathered!;
      this.#gathered = undefined;
      this.#whenGathered(all);
    }
    return at + part.length;
  }

  #report(code: ProblemCode, message: string): void {
    this.#visitor.problem(code, message, this.#headerOffset, false);
  }

  #fail(code: ProblemCode, message: string, offset: number): void {
    this.#done = true;
    this.#visitor.problem(code, message, offset, true);
  }
}

/** Whether an extended header still waits for its entry. */
function hasPending({ pax, longName, longLink }: Extensions): boolean {
  return pax.size > 0 || longName !== undefined || longLink !== undefined;
}

function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}
