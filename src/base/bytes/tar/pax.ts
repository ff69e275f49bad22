import { decodeName } from './header.ts';

/**
 * Records of one extended header: `"%d %s=%s\n"`, the length counting itself. Values stay bytes, since extended attributes
 * are binary. Undefined where a length lies.
 * https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html#tag_20_92_13_03
 */
export function parsePaxRecords(body: Buffer): Map<string, Buffer> | undefined {
  const records = new Map<string, Buffer>();
  // Sparse format 0.0 writes each run as two records of the same name; here they become the list of format 0.1.
  const sparseNumbers: string[] = [];
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    if (space < 0 || space - at > 10) return undefined;
    const length = Number(body.toString('latin1', at, space));
    const end = at + length;
    if (!Number.isInteger(length) || end <= space + 1 || end > body.length || body[end - 1] !== 0x0a) return undefined;
    const equals = body.indexOf(0x3d, space + 1);
    if (equals < 0 || equals >= end) return undefined;
    const key = decodeName(body.subarray(space + 1, equals));
    // `Buffer.from` copies: what is kept must not hold on to the whole header.
    const value = Buffer.from(body.subarray(equals + 1, end - 1));
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') sparseNumbers.push(value.toString('latin1'));
    else if (isUsed(key)) records.set(key, value);
    at = end;
  }
  if (sparseNumbers.length > 0) records.set('GNU.sparse.map', Buffer.from(sparseNumbers.join(',')));
  return records;
}

const usedKeys: ReadonlySet<string> = new Set([
  'path',
  'linkpath',
  'size',
  'uid',
  'gid',
  'mtime',
  ...['major', 'name', 'realsize', 'size', 'map'].map((name) => `GNU.sparse.${name}`),
  'SCHILY.xattr.security.capability',
]);

/** Nothing else is read, so nothing else is kept: a global header's records count for every entry after it. */
function isUsed(key: string): boolean {
  return usedKeys.has(key);
}

/** A decimal record such as `size`; undefined if absent, and NaN if it is no whole number of 0 to 2^53. */
export function paxInteger(records: ReadonlyMap<string, Buffer>, key: string): number | undefined {
  const text = records.get(key)?.toString('latin1');
  if (text === undefined) return undefined;
  const value = /^\d{1,16}(?:\.\d{0,20})?$/.test(text) ? Math.floor(Number(text)) : Number.NaN;
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** A text record such as `path`; undefined if absent. */
export function paxText(records: ReadonlyMap<string, Buffer>, key: string): string | undefined {
  const value = records.get(key);
  return value === undefined ? undefined : decodeName(value);
}
