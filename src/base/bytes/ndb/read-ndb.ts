import { type Damage, damage, isDamage } from '../damage.ts';
import { maxReadBytes, type RandomAccess } from '../random-access.ts';
import { scratchMemory } from '../scratch.ts';

/** A blob of an ndb file; its bytes are good until the next one is read. */
export interface NdbBlob {
  readonly kind: 'blob';
  /** Byte of the file at which it starts. */
  readonly offset: number;
  readonly bytes: Buffer;
}

interface Slot {
  readonly number: number;
  readonly offset: number;
  /** With the blob's own header and tail. */
  readonly length: number;
}

export const ndbMagic: Buffer = Buffer.from('RpmP', 'latin1');
const slotMagic = Buffer.from('Slot', 'latin1').readUInt32LE();
const blobMagic = Buffer.from('BlbS', 'latin1');
const tailMagic = Buffer.from('BlbE', 'latin1');

const headerBytes = 32;
const slotBytes = 16;
const slotPageBytes = 4096;
/** Offsets and lengths are counted in blocks. */
const blockBytes = 16;
const blobHeaderBytes = 16;
const tailBytes = 12;

/**
 * The blobs of rpm's `Packages.db`: a header, pages of slots, and blobs in blocks of 16 bytes, all little-endian, as rpm's
 * lib/backend/ndb/rpmpkg.c writes them. Checksums are not compared: rpm itself does so only when it writes.
 * @param maxBlobBytes Longer blobs are told, not read.
 */
export function* readNdb(file: RandomAccess, maxBlobBytes: number): Generator<NdbBlob | Damage> {
  const slotPages = readHeader(file);
  if (typeof slotPages !== 'number') {
    yield slotPages;
    return;
  }
  const scratch = scratchMemory();
  for (let page = 0; page < slotPages; page++) {
    // Copied, since the blobs are read between the slots.
    const slots = Buffer.from(file.read(page * slotPageBytes, slotPageBytes));
    for (let at = page === 0 ? headerBytes : 0; at + slotBytes <= slots.length; at += slotBytes) {
      const slot = readSlot(slots, at, page * slotPageBytes + at);
      if (slot === undefined) continue;
      const bytes = isDamage(slot) ? slot : readBlob(file, slot, maxBlobBytes, scratch);
      yield isDamage(bytes) ? bytes : { kind: 'blob', offset: (slot as Slot).offset, bytes };
    }
  }
  if (slotPages * slotPageBytes > file.size) yield damage('truncated', file.size, 'it ends inside its slots');
}

/** The number of pages with slots, as far as the file has them. */
function readHeader(file: RandomAccess): number | Damage {
  const header = file.read(0, headerBytes);
  if (!header.subarray(0, 4).equals(ndbMagic)) return damage('malformed', 0, 'it is no ndb database');
  if (header.length < headerBytes) return damage('truncated', 0, 'it ends inside its header');
  const version = header.readUInt32LE(4);
  if (version !== 0) return damage('unsupported', 4, `version ${version} of the ndb format`);
  return Math.min(header.readUInt32LE(12), Math.ceil(file.size / slotPageBytes));
}

/** A slot: magic, number of the blob, first block, blocks. Undefined for one that is free. */
function readSlot(slots: Buffer, at: number, place: number): Slot | Damage | undefined {
  if (slots.readUInt32LE(at) !== slotMagic) return damage('malformed', place, 'a slot without its magic bytes');
  const offset = slots.readUInt32LE(at + 8) * blockBytes;
  if (offset === 0) return undefined;
  return { number: slots.readUInt32LE(at + 4), offset, length: slots.readUInt32LE(at + 12) * blockBytes };
}

function readBlob(
  file: RandomAccess,
  slot: Slot,
  maxBlobBytes: number,
  scratch: (length: number) => Buffer,
): Buffer | Damage {
  const { number, offset, length } = slot;
  const name = `blob ${number}`;
  if (offset + length > file.size) return damage('truncated', offset, `${name} ends past the file; it is missing`);
  if (length > maxBlobBytes)
    return damage('too-large', offset, `${name} has ${length} bytes, more than the ${maxBlobBytes} that are read`);
  if (length < blobHeaderBytes + tailBytes) return damage('malformed', offset, `${name} has no room; it is missing`);
  const all = readAll(file, offset, scratch(length));
  const size = all.readUInt32LE(12);
  const isWhole =
    all.subarray(0, 4).equals(blobMagic) &&
    all.readUInt32LE(4) === number &&
    blobHeaderBytes + size + tailBytes <= length &&
    all.readUInt32LE(length - 8) === size &&
    all.subarray(length - 4).equals(tailMagic);
  return isWhole
    ? all.subarray(blobHeaderBytes, blobHeaderBytes + size)
    : damage('malformed', offset, `${name} is damaged; it is missing`);
}

function readAll(file: RandomAccess, offset: number, into: Buffer): Buffer {
  for (let filled = 0; filled < into.length; filled += maxReadBytes) {
    const length = Math.min(maxReadBytes, into.length - filled);
    file.read(offset + filled, length).copy(into, filled);
  }
  return into;
}
