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
  #previous = '';
  count = 0;

  add(entry: LoggedEntry): void {
    const { path, linkName } = entry;
    const shared = sharedPrefix(this.#previous, path);
    // A UTF-16 code unit takes at most 3 bytes of UTF-8.
    this.#reserve((path.length - shared + linkName.length) * 3 + 64);
    this.#number(types.indexOf(entry.type) | (entry.hasCapability ? capabilityFlag : 0));
    this.#number(shared);
    this.#text(shared === 0 ? path : path.slice(shared));
    this.#number(entry.mode);
    this.#number(Math.max(0, entry.uid));
    this.#number(Math.max(0, entry.gid));
    this.#number(entry.size);
    this.#text(linkName);
    this.#previous = path;
    this.count++;
  }

  get bytes(): number {
    return this.#length;
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

  /** The length takes two bytes whatever it is, so that it can be filled in when the text is written. */
  #text(text: string): void {
    const length = text === '' ? 0 : this.#bytes.write(text, this.#length + 2, 'utf8');
    this.#bytes.writeUInt16LE(length, this.#length);
    this.#length += length + 2;
  }
}

/** Reads a log back. Throws RangeError where the bytes are not a log: only a damaged cache file can do that. */
export function* readLayerLog(log: Buffer): Generator<LoggedEntry> {
  let at = 0;
  let path = '';
  const number = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = log.readUInt8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  const text = (): string => {
    const start = at + 2;
    at = start + log.readUInt16LE(at);
    if (at > log.length) throw new RangeError('a layer log ends inside an entry');
    return start === at ? '' : log.toString('utf8', start, at);
  };
  while (at < log.length) {
    const flags = number();
    const shared = number();
    path = shared === 0 ? text() : path.slice(0, shared) + text();
    const type = types[flags & 7];
    if (type === undefined) throw new RangeError('a layer log has an entry of no known type');
    const hasCapability = (flags & capabilityFlag) !== 0;
    yield { path, type, hasCapability, mode: number(), uid: number(), gid: number(), size: number(), linkName: text() };
  }
}

/** Code units that two paths share; never half of a pair, since both halves must be written together. */
function sharedPrefix(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let at = 0;
  while (at < most && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  return at > 0 && (a.charCodeAt(at - 1) & 0xfc00) === 0xd800 ? at - 1 : at;
}
