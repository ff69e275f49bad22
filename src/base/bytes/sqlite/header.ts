import { type Damage, damage } from '../damage.ts';
import type { RandomAccess } from '../random-access.ts';

/** What a database says of itself. https://www.sqlite.org/fileformat2.html#the_database_header */
export interface SqliteHeader {
  /** A power of two from 512 to 65,536. */
  readonly pageSize: number;
  /** Bytes of a page without those reserved at its end; at least 480. */
  readonly usableSize: number;
  readonly encoding: 'utf8' | 'utf16le' | 'utf16be';
}

/** Bytes of the header at the start of page 1. */
export const sqliteHeaderBytes = 100;

export const sqliteMagic: Buffer = Buffer.from('SQLite format 3\0', 'latin1');

const encodings = ['utf8', 'utf8', 'utf16le', 'utf16be'] as const;

export function readSqliteHeader(file: RandomAccess): SqliteHeader | Damage {
  const bytes = file.read(0, sqliteHeaderBytes);
  if (!bytes.subarray(0, 16).equals(sqliteMagic)) return damage('malformed', 0, 'it is no SQLite database');
  if (bytes.length < sqliteHeaderBytes) return damage('truncated', 0, 'it ends inside its header');
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65_536 : bytes.readUInt16BE(16);
  const usableSize = pageSize - bytes[20]!;
  const encoding = encodings[bytes.readUInt32BE(56)];
  if (pageSize < 512 || (pageSize & (pageSize - 1)) !== 0 || usableSize < 480)
    return damage('malformed', 16, `pages of ${pageSize} bytes with ${bytes[20]} reserved`);
  // 1 is the classic journal, 2 the write-ahead log; readers need not know more of either if nothing waits there.
  if (bytes[19]! > 2) return damage('unsupported', 19, `version ${bytes[19]} of the format`);
  if (encoding === undefined) return damage('malformed', 56, `text encoding ${bytes.readUInt32BE(56)}`);
  return { pageSize, usableSize, encoding };
}
