import { blockBytes } from './header.ts';

/** One member to write. Whatever a plain header cannot say (long names, big numbers, attributes) goes into PAX records. */
export interface TarMember {
  readonly path: string;
  /** Typeflag: `0` file, `1` hard link, `2` symbolic link, `3` character, `4` block, `5` directory, `6` fifo. */
  readonly type?: string;
  readonly linkName?: string;
  /** Bytes of the body that the caller writes after the header. */
  readonly size?: number;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** Seconds since 1970. */
  readonly mtime?: number;
  readonly deviceMajor?: number;
  readonly deviceMinor?: number;
  /** Further PAX records, such as `SCHILY.xattr.security.capability`. */
  readonly pax?: ReadonlyMap<string, Buffer>;
}

/** Two zero blocks: the end of an archive. */
export const endOfArchive: Buffer = Buffer.alloc(2 * blockBytes);

/** The header of a member, PAX header in front where it is needed. The same member always gives the same bytes. */
export function tarHeader(member: TarMember): Buffer {
  const records = new Map(member.pax);
  const name = shortText(member.path, 100, 'path', records);
  const linkName = shortText(member.linkName ?? '', 100, 'linkpath', records);
  const size = shortNumber(member.size ?? 0, 11, 'size', records);
  const uid = shortNumber(member.uid ?? 0, 7, 'uid', records);
  const gid = shortNumber(member.gid ?? 0, 7, 'gid', records);
  const block = plainHeader({ ...member, name, linkName, size, uid, gid });
  return records.size === 0 ? block : Buffer.concat([paxHeader(records), block]);
}

/** Zero bytes that fill a body of this size up to whole blocks. */
export function tarPadding(size: number): Buffer {
  return Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);
}

function shortText(text: string, maxBytes: number, key: string, records: Map<string, Buffer>): string {
  if (Buffer.byteLength(text) <= maxBytes && /^[\x20-\x7e]*$/.test(text)) return text;
  records.set(key, Buffer.from(text));
  return text.replace(/[^\x20-\x7e]/g, '_').slice(0, maxBytes);
}

function shortNumber(value: number, octalDigits: number, key: string, records: Map<string, Buffer>): number {
  if (value < 8 ** octalDigits) return value;
  records.set(key, Buffer.from(String(value)));
  return 0;
}

type Plain = Omit<TarMember, 'path'> & {
  readonly name: string;
  readonly linkName: string;
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
};

function plainHeader(member: Plain): Buffer {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, at: number, digits: number) =>
    block.write(`${Math.floor(value).toString(8).padStart(digits, '0')}\0`, at, 'latin1');
  block.write(member.name, 0, 'latin1');
  octal(member.mode ?? 0o644, 100, 7);
  octal(member.uid, 108, 7);
  octal(member.gid, 116, 7);
  octal(member.size, 124, 11);
  octal(member.mtime ?? 0, 136, 11);
  block.write(member.type ?? '0', 156, 'latin1');
  block.write(member.linkName, 157, 'latin1');
  block.write('ustar\x0000', 257, 'latin1');
  octal(member.deviceMajor ?? 0, 329, 7);
  octal(member.deviceMinor ?? 0, 337, 7);
  block.fill(' ', 148, 156);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

function paxHeader(records: ReadonlyMap<string, Buffer>): Buffer {
  const body = Buffer.concat([...records].map(([key, value]) => paxRecord(key, value)));
  const header = plainHeader({ name: 'PaxHeader', type: 'x', linkName: '', size: body.length, uid: 0, gid: 0 });
  return Buffer.concat([header, body, tarPadding(body.length)]);
}

/** A record's length counts its own digits. */
function paxRecord(key: string, value: Buffer): Buffer {
  const rest = Buffer.byteLength(key) + value.length + 3;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return Buffer.concat([Buffer.from(`${length} ${key}=`), value, Buffer.from('\n')]);
}
