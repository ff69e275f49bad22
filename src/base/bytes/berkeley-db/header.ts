import { type Damage, damage } from '../damage.ts';
import type { RandomAccess } from '../random-access.ts';

/** What page 0 says of a hash database. */
export interface HashHeader {
  readonly pageSize: number;
  /** Numbers are written as the machine that made the database has them: IBM Z and old POWER put the high byte first. */
  readonly isBigEndian: boolean;
  readonly lastPage: number;
}

export const hashMagic = 0x061561;

/** Magic numbers of Berkeley DB's other kinds of file, which are told apart from rubbish. */
const otherKinds = new Map([
  [0x053162, 'a B-tree'],
  [0x042253, 'a queue'],
  [0x074582, 'a heap'],
]);

const metadataBytes = 72;
/** From Berkeley DB 4.0 to 18.1, which all have the same pages. */
const versions = { first: 7, last: 10 };
const checksummed = 1;

/** Page 0, as `DBMETA` and `HMETA` in Berkeley DB's dbinc/db_page.h lay it out. */
export function readHashHeader(file: RandomAccess): HashHeader | Damage {
  const bytes = file.read(0, metadataBytes);
  if (bytes.length < metadataBytes) return damage('truncated', 0, 'it ends inside its first page');
  const isBigEndian = bytes.readUInt32LE(12) !== hashMagic && bytes.readUInt32BE(12) < 0x100_0000;
  const number = (at: number) => (isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at));
  const magic = number(12);
  if (magic !== hashMagic) {
    const kind = otherKinds.get(magic);
    return kind
      ? damage('unsupported', 12, `it is ${kind}, not a hash`)
      : damage('malformed', 12, 'it is no Berkeley DB');
  }
  const version = number(16);
  const pageSize = number(20);
  if (version < versions.first || version > versions.last)
    return damage('unsupported', 16, `version ${version} of the hash format`);
  if (pageSize < 512 || pageSize > 65_536 || (pageSize & (pageSize - 1)) !== 0)
    return damage('malformed', 20, `pages of ${pageSize} bytes`);
  if (bytes[24] !== 0) return damage('unsupported', 24, 'it is encrypted');
  if ((bytes[26]! & checksummed) !== 0) return damage('unsupported', 26, 'its pages have checksums');
  return { pageSize, isBigEndian, lastPage: number(32) };
}
