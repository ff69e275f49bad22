import { type Damage, damage } from '../damage.ts';
import type { HeaderData, IndexEntry, RpmTag } from './tags.ts';

/** A package's header, as rpm keeps it in its database. */
export interface RpmHeader {
  /** The tag's value; undefined if it is absent, of another type, or damaged. */
  get<T>(tag: RpmTag<T>): T | undefined;
  /** What is wrong with a part of it, at a byte of the header. The rest is there. */
  readonly damage?: Damage;
}

/** rpm's own bounds. https://github.com/rpm-software-management/rpm/blob/master/docs/manual/hregions.md */
const maxEntries = 0xffff;
const maxDataBytes = 0x0fff_ffff;

const prefixBytes = 8;
const entryBytes = 16;

/** Tags that hold other tags together: signatures, the part that is signed, and the whole of old headers. */
const regions = { first: 61, last: 63 };
const regionType = 7;

/** Bytes of one item by type: null, char, int8 to int64, string, binary, list of strings, translated string. */
const itemBytes = [0, 1, 1, 2, 4, 8, 1, 1, 1, 1];

/**
 * Reads a header without magic bytes: counts of entries and of data bytes, the entries (tag, type, offset, count), the data; all
 * big-endian. https://rpm-software-management.github.io/rpm/manual/format_header.html
 */
export function readRpmHeader(bytes: Buffer): RpmHeader | Damage {
  if (bytes.length < prefixBytes) return damage('truncated', 0, 'a header that ends at once');
  const count = bytes.readUInt32BE(0);
  const dataBytes = bytes.readUInt32BE(4);
  const dataStart = prefixBytes + count * entryBytes;
  if (count === 0 || count > maxEntries || dataBytes > maxDataBytes)
    return damage('malformed', 0, `a header of ${count} entries with ${dataBytes} bytes`);
  if (dataStart + dataBytes > bytes.length)
    return damage('truncated', 0, `a header that needs ${dataStart + dataBytes} bytes and has ${bytes.length}`);
  const data = { bytes: bytes.subarray(dataStart, dataStart + dataBytes) };
  const entries = new Map<number, IndexEntry>();
  const found = addEntries(bytes, count, data, entries);
  return {
    get: (tag) => {
      const entry = entries.get(tag.number);
      return entry && tag.read(entry, data);
    },
    ...(found ? { damage: found } : {}),
  };
}

/** Later entries count: those behind the signed region were added when the package was installed. */
function addEntries(
  bytes: Buffer,
  count: number,
  data: HeaderData,
  entries: Map<number, IndexEntry>,
): Damage | undefined {
  let found: Damage | undefined;
  for (let index = 0; index < count; index++) {
    const at = prefixBytes + index * entryBytes;
    const tag = bytes.readUInt32BE(at);
    const entry = {
      type: bytes.readUInt32BE(at + 4),
      start: bytes.readInt32BE(at + 8),
      count: bytes.readUInt32BE(at + 12),
    };
    const isRegion = index === 0 && tag >= regions.first && tag <= regions.last;
    if (!fits(entry, data)) found ??= damage('malformed', at, `tag ${tag} leaves the header`);
    else if (isRegion && !isRegionSound(entry, tag, count, data))
      found ??= damage('malformed', at, 'a signed region that is none');
    else entries.set(tag, entry);
  }
  return found;
}

function fits({ type, start, count }: IndexEntry, { bytes }: HeaderData): boolean {
  const length = itemBytes[type];
  return length !== undefined && start >= 0 && start + count * length <= bytes.length;
}

/** A region ends in the data with a copy of its entry, whose offset says how many bytes of entries it has, as a negative number. */
function isRegionSound({ type, start, count }: IndexEntry, tag: number, entries: number, data: HeaderData): boolean {
  if (type !== regionType || count !== entryBytes) return false;
  const trailer = data.bytes.subarray(start, start + entryBytes);
  const length = -trailer.readInt32BE(8);
  return (
    trailer.readUInt32BE(0) === tag &&
    trailer.readUInt32BE(4) === regionType &&
    trailer.readUInt32BE(12) === entryBytes &&
    length > 0 &&
    length % entryBytes === 0 &&
    length / entryBytes <= entries
  );
}
