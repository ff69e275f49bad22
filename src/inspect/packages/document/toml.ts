import { parse, TomlError } from 'smol-toml';
import { toMessage } from '../../../base/errors.ts';
import type { Limits } from '../../../base/limits.ts';
import type { OpenFile } from '../cataloguer.ts';
import { failed, type Parsed } from './problem.ts';
import type { Table } from './table.ts';
import { decodeText } from './text.ts';

/** The lock files of the largest projects have some 5 MB. */
const maxDocumentBytes = 16 * 1024 * 1024;
/** Brackets, dots and equals signs outside strings. Each may become an object of some 500 bytes, so this is 200 MB at worst. */
const maxMarks = 400_000;

/** Parses a file of TOML if its size and shape are within bounds. */
export function parseToml(file: OpenFile, limits: Limits): Parsed<Table> {
  if (file.bytes.length > maxDocumentBytes)
    return failed(file, 'too-large', `it has ${file.bytes.length} bytes where ${maxDocumentBytes} are read`);
  const text = decodeText(file);
  const shape = checkShape(text, limits.maxDepth);
  if (shape === 'too-deep') return failed(file, shape, `it is nested more than ${limits.maxDepth} deep`);
  if (shape === 'too-many') return failed(file, shape, `it has more than ${maxMarks} values`);
  try {
    return { value: parse(text, { maxDepth: limits.maxDepth }) };
  } catch (error) {
    const [detail] = toMessage(error).replace('Invalid TOML document: ', '').split('\n', 1);
    const line = error instanceof TomlError ? error.line : undefined;
    return failed(file, 'malformed', `it is damaged (${detail!.slice(0, 200)})`, line);
  }
}

/** The parser builds what the text says, so its depth and the number of its parts are counted first. Strings hold no parts. */
function checkShape(text: string, maxDepth: number): 'too-deep' | 'too-many' | undefined {
  let depth = 0;
  let dots = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (char === '"' || char === "'") {
      at = endOfString(text, at);
      continue;
    }
    if (char === '#') at = endOfLine(text, at);
    if (char === '\n' || char === '#' || char === '=' || char === ',') dots = 0;
    if (char === ']' || char === '}') depth--;
    if (char === '[' || char === '{') depth++;
    if (char === '.') dots++;
    if (char === '[' || char === '{' || char === '.' || char === '=') marks++;
    if (depth + dots > maxDepth) return 'too-deep';
    if (marks > maxMarks) return 'too-many';
  }
  return undefined;
}

/** The last byte of a string of any kind: on one line or, with three quotes, on several; in double quotes backslashes escape. */
function endOfString(text: string, start: number): number {
  const quote = text[start]!;
  const long = quote.repeat(3);
  const isLong = text.startsWith(long, start);
  for (let at = start + (isLong ? 3 : 1); at < text.length; at++) {
    const char = text[at];
    if (char === '\\' && quote === '"') at++;
    else if (!isLong && (char === '\n' || char === quote)) return at;
    else if (isLong && char === quote && text.startsWith(long, at)) {
      // Two more quotes may belong to the string.
      let end = at + 2;
      while (end < at + 4 && text[end + 1] === quote) end++;
      return end;
    }
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  const newline = text.indexOf('\n', start);
  return newline < 0 ? text.length : newline;
}
