import { readVarint, varintLength } from './varint.ts';

/** What a column holds. Bytes are a view of the record. */
export type SqliteValue = null | number | bigint | string | Buffer;

/** SQLite's own bound on columns, at the most that it can be built with. https://www.sqlite.org/limits.html */
const maxColumns = 32_767;

/** Bytes of the serial types 0 to 9: null, integers, double, the constants 0 and 1. */
const fixedLengths = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];

/**
 * The values of a record: a header of types, then the values. https://www.sqlite.org/fileformat2.html#record_format
 * @returns Undefined where lengths or types are wrong.
 */
export function readRecord(bytes: Buffer, encoding: 'utf8' | 'utf16le' | 'utf16be'): SqliteValue[] | undefined {
  const headerBytes = readVarint(bytes, 0);
  if (!(headerBytes >= 1 && headerBytes <= bytes.length)) return undefined;
  const values: SqliteValue[] = [];
  let at = varintLength(bytes, 0);
  let start = headerBytes;
  while (at < headerBytes) {
    const type = readVarint(bytes, at);
    const length = type < 10 ? fixedLengths[type] : type >= 12 ? Math.floor((type - 12) / 2) : undefined;
    if (length === undefined || !(start + length <= bytes.length) || values.length >= maxColumns) return undefined;
    values.push(readValue(bytes.subarray(start, start + length), type, encoding));
    at += varintLength(bytes, at);
    start += length;
  }
  return at === headerBytes ? values : undefined;
}

function readValue(bytes: Buffer, type: number, encoding: 'utf8' | 'utf16le' | 'utf16be'): SqliteValue {
  if (type >= 12) return type % 2 === 0 ? bytes : readText(bytes, encoding);
  if (type === 7) return bytes.readDoubleBE(0);
  if (type === 6) return bytes.readBigInt64BE(0);
  if (type === 0) return null;
  return type >= 8 ? type - 8 : bytes.readIntBE(0, bytes.length);
}

function readText(bytes: Buffer, encoding: 'utf8' | 'utf16le' | 'utf16be'): string {
  if (encoding === 'utf8') return bytes.toString('utf8');
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  return (encoding === 'utf16be' ? even.swap16() : even).toString('utf16le');
}
