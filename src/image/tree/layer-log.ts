import type { EntryType } from '../../base/bytes/tar/entry.ts';

/** One entry of a layer as its tar has it, whiteouts included. */
export interface LoggedEntry {
  /** Normalised: no leading slash, no `.` or `..`. */
  readonly path: string;
  readonly type: EntryType;
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly linkName: string;
  readonly hasCapability: boolean;
}

const types: readonly EntryType[] = ['file', 'directory', 'symlink', 'hardlink', 'character', 'block', 'fifo'];
const capabilityFlag = 8;

/**
 * The entries of one layer in its order, some 20 bytes each: a path is stored as what differs from the one before it, numbers
 * as LEB128. A layer of a million files so takes 20 MB while it waits for the layers below it, and is cached as it stands.
 */
export class LayerLogWriter {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #length = 0;
  #previous: Buffer = Buffer.alloc(0);
  count = 0;

  add(entry: LoggedEntry): void {
    const path = Buffer.from(entry.path);
    const shared = sharedPrefix(this.#previous, path);
    const link = entry.linkName === '' ? undefined : Buffer.from(entry.linkName);
    this.#reserve(path.length + (link?.length ?? 0) + 64);
    this.#number(types.indexOf(entry.type) | (entry.hasCapability ? capabilityFlag : 0));
    this.#number(shared);
    this.#text(path.subarray(shared));
    this.#number(entry.mode);
    this.#number(Math.max(0, entry.uid));
    this.#number(Math.max(0, entry.gid));
    this.#number(entry.size);
    this.#text(link ?? Buffer.alloc(0));
    this.#previous = path;
    this.count++;
  }

  finish(): Buffer {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + bytes));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }

  #number(value: number): void {
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  #text(text: Buffer): void {
    this.#number(text.length);
    text.copy(this.#bytes, this.#length);
    this.#length += text.length;
  }
}

/** Reads a log back. Throws RangeError where the bytes are not a log: only a damaged cache file can do that. */
export function* readLayerLog(log: Buffer): Generator<LoggedEntry> {
  let at = 0;
  let path = Buffer.alloc(0) as Buffer;
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = log.readUInt8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const bytes = (): Buffer => {
    const length = number();
    if (at + length > log.length) throw new RangeError('a layer log ends inside an entry');
    at += length;
    return log.subarray(at - length, at);
  };
  while (at < log.length) {
    const flags = number();
    path = Buffer.concat([path.subarray(0, number()), bytes()]);
    const type = types[flags & 7];
    if (type === undefined) throw new RangeError('a layer log has an entry of no known type');
    yield {
      path: path.toString(),
      type,
      hasCapability: (flags & capabilityFlag) !== 0,
      mode: number(),
      uid: number(),
      gid: number(),
      size: number(),
      linkName: bytes().toString(),
    };
  }
}

function sharedPrefix(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a[at] === b[at]) at++;
  return at;
}
