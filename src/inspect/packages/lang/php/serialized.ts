/** What PHP's `serialize` can write, without objects and references: arrays become maps. */
export type PhpValue = string | number | boolean | null | ReadonlyMap<string, PhpValue>;

export interface SerializedLimits {
  readonly maxDepth: number;
  readonly maxValues: number;
}

/**
 * Reads PHP's serialized form: `s:4:"name";`, lengths in bytes. Undefined for what is damaged, passes a limit, or holds objects,
 * which PEAR does not write. https://www.php.net/manual/en/function.serialize.php
 */
export function parseSerialized(bytes: Buffer, limits: SerializedLimits): PhpValue | undefined {
  const reader = { bytes, at: 0, left: limits.maxValues, limits };
  return readValue(reader, 0);
}

interface Reader {
  readonly bytes: Buffer;
  readonly limits: SerializedLimits;
  at: number;
  /** Values that may still come. */
  left: number;
}

function readValue(reader: Reader, depth: number): PhpValue | undefined {
  if (depth > reader.limits.maxDepth || --reader.left < 0) return undefined;
  const kind = reader.bytes.toString('latin1', reader.at, reader.at + 2);
  reader.at += 2;
  if (kind === 'N;') return null;
  if (kind === 's:') return readString(reader);
  if (kind === 'a:') return readArray(reader, depth);
  const text = readUntil(reader, ';');
  if (text === undefined || text === '') return undefined;
  if (kind === 'b:') return text === '1';
  if (kind === 'i:' || kind === 'd:') return Number(text);
  return undefined;
}

function readString(reader: Reader): string | undefined {
  const length = readLength(reader);
  if (length === undefined) return undefined;
  const start = reader.at + 1;
  const end = start + length;
  if (end + 2 > reader.bytes.length || reader.bytes.toString('latin1', end, end + 2) !== '";') return undefined;
  reader.at = end + 2;
  return reader.bytes.toString('utf8', start, end);
}

function readArray(reader: Reader, depth: number): ReadonlyMap<string, PhpValue> | undefined {
  const length = readLength(reader);
  if (length === undefined) return undefined;
  reader.at++;
  const map = new Map<string, PhpValue>();
  for (let count = 0; count < length; count++) {
    const key = readValue(reader, depth + 1);
    const value = readValue(reader, depth + 1);
    if ((typeof key !== 'string' && typeof key !== 'number') || value === undefined) return undefined;
    map.set(String(key), value);
  }
  return reader.bytes[reader.at++] === 0x7d ? map : undefined;
}

function readLength(reader: Reader): number | undefined {
  const text = readUntil(reader, ':');
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** The text before a mark, which is near wherever the form is kept. */
function readUntil(reader: Reader, mark: string): string | undefined {
  const part = reader.bytes.toString('latin1', reader.at, reader.at + 40);
  const end = part.indexOf(mark);
  if (end < 0) return undefined;
  reader.at += end + 1;
  return part.slice(0, end);
}
