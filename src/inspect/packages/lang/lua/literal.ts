/** Constants of Lua. Keys of tables are texts: `[1]` is `1`, and items without key count from 1. */
export type LuaValue = string | number | boolean | null | ReadonlyMap<string, LuaValue>;

export interface LuaLimits {
  readonly maxDepth: number;
  readonly maxValues: number;
}

interface Reader {
  readonly text: string;
  readonly limits: LuaLimits;
  at: number;
  /** Values that may still come. */
  left: number;
}

const space = /(?:\s+|--(?!\[=*\[)[^\n]*)*/y;
const identifier = /[A-Za-z_]\w{0,200}/y;
const number = /-?(?:0x[0-9a-fA-F]{1,20}|\d{1,20}(?:\.\d{0,20})?(?:[eE][+-]?\d{1,4})?)/y;
const longOpening = /\[(=*)\[/y;
const words: Readonly<Record<string, LuaValue>> = { true: true, false: false, nil: null };

/**
 * Reads a file of assignments of constants (`name = { ... }`), or one `return { ... }`, whose value stands under the empty name.
 * It ends where the file does anything else than that; what stands before is good.
 * https://www.lua.org/manual/5.4/manual.html#9
 */
export function parseLua(
  text: string,
  limits: LuaLimits,
): { readonly values: ReadonlyMap<string, LuaValue>; readonly isWhole: boolean } {
  const reader: Reader = { text, limits, at: 0, left: limits.maxValues };
  const values = new Map<string, LuaValue>();
  for (;;) {
    skipSpace(reader);
    if (reader.at >= text.length) return { values, isWhole: true };
    const name = take(reader, identifier);
    skipSpace(reader);
    if (name === '' || (name !== 'return' && !skip(reader, '='))) return { values, isWhole: false };
    const value = readValue(reader, 1);
    if (value === undefined) return { values, isWhole: false };
    values.set(name === 'return' ? '' : name, value);
    skipSpace(reader);
    skip(reader, ';');
  }
}

function readValue(reader: Reader, depth: number): LuaValue | undefined {
  skipSpace(reader);
  if (depth > reader.limits.maxDepth || --reader.left < 0) return undefined;
  const first = reader.text[reader.at];
  if (first === '{') return readTable(reader, depth);
  if (first === '"' || first === "'") return readString(reader, first);
  if (first === '[') return readLong(reader);
  const digits = take(reader, number);
  if (digits !== '') return Number(digits);
  const word = take(reader, identifier);
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function readTable(reader: Reader, depth: number): ReadonlyMap<string, LuaValue> | undefined {
  reader.at++;
  const table = new Map<string, LuaValue>();
  for (let next = 1; ; ) {
    skipSpace(reader);
    if (skip(reader, '}')) return table;
    const key = readKey(reader, depth);
    const value = readValue(reader, depth + 1);
    if (value === undefined) return undefined;
    table.set(key ?? String(next++), value);
    skipSpace(reader);
    if (!skip(reader, ',') && !skip(reader, ';') && reader.text[reader.at] !== '}') return undefined;
  }
}

/** `name =` or `["name"] =`; undefined, with nothing taken, where there is none. */
function readKey(reader: Reader, depth: number): string | undefined {
  const start = reader.at;
  const isBracketed = reader.text[start] === '[' && !/^\[=*\[/.test(reader.text.slice(start, start + 20));
  if (isBracketed) reader.at++;
  const key = isBracketed ? readValue(reader, depth + 1) : take(reader, identifier);
  skipSpace(reader);
  const isClosed = !isBracketed || skip(reader, ']');
  skipSpace(reader);
  if ((typeof key === 'string' || typeof key === 'number') && key !== '' && isClosed && skip(reader, '='))
    return String(key);
  reader.at = start;
  return undefined;
}

function readString(reader: Reader, quote: string): string | undefined {
  const start = reader.at + 1;
  for (let at = start; at < reader.text.length; at++) {
    const char = reader.text[at];
    if (char === '\\') at++;
    else if (char === '\n') return undefined;
    else if (char === quote) {
      reader.at = at + 1;
      return reader.text.slice(start, at).replace(/\\(["'\\])/g, '$1');
    }
  }
  return undefined;
}

function readLong(reader: Reader): string | undefined {
  const opening = take(reader, longOpening);
  const end = opening === '' ? -1 : reader.text.indexOf(opening.replaceAll('[', ']'), reader.at);
  if (end < 0) return undefined;
  const content = reader.text.slice(reader.at, end);
  reader.at = end + opening.length;
  return content;
}

/** Spaces and comments, of one line or in long brackets. */
function skipSpace(reader: Reader): void {
  for (;;) {
    take(reader, space);
    if (!reader.text.startsWith('--[', reader.at)) return;
    reader.at += 2;
    if (readLong(reader) === undefined) reader.at = reader.text.length;
  }
}

function skip(reader: Reader, char: string): boolean {
  if (reader.text[reader.at] !== char) return false;
  reader.at++;
  return true;
}

function take(reader: Reader, pattern: RegExp): string {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0] ?? '';
  reader.at += found.length;
  return found;
}
