import { parse as parseToml, TomlError } from 'smol-toml';
import { toMessage } from '../../../../base/errors.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { OpenFile } from '../../cataloguer.ts';
import { toProblem } from './problem.ts';

/** A table of TOML or an object of JSON, its values unchecked. */
export type Table = Readonly<Record<string, unknown>>;

/** The lock files of the largest projects have some 5 MB. */
const maxDocumentBytes = 16 * 1024 * 1024;
/** Brackets, dots and equals signs outside strings. Each may become an object of some 500 bytes, so this is 200 MB at worst. */
const maxMarks = 400_000;

/** Parses a lock file if its size and shape are within bounds. Gives the one or the other. */
export function parseDocument(
  file: OpenFile,
  format: 'toml' | 'json',
  limits: Limits,
): { document: Table } | { problem: Problem } {
  const damage = (...[code, message, line]: [ProblemCode, string, number?]) => ({
    problem: toProblem(file, code, message, line),
  });
  if (file.bytes.length > maxDocumentBytes)
    return damage('too-large', `has ${file.bytes.length} bytes where ${maxDocumentBytes} are read`);
  const text = new TextDecoder().decode(file.bytes);
  const shape = checkShape(text, limits.maxDepth);
  if (shape === 'too-deep') return damage(shape, `is nested more than ${limits.maxDepth} deep and was not read`);
  if (shape === 'too-many') return damage(shape, `has more than ${maxMarks} values and was not read`);
  try {
    const document: unknown = format === 'json' ? JSON.parse(text) : parseToml(text, { maxDepth: limits.maxDepth });
    return isTable(document) ? { document } : damage('malformed', 'holds no table');
  } catch (error) {
    const [detail] = toMessage(error).replace('Invalid TOML document: ', '').split('\n', 1);
    const line = error instanceof TomlError ? error.line : undefined;
    return damage('malformed', `is damaged and was not read: ${detail!.slice(0, 200)}`, line);
  }
}

/** Both parsers build what the text says, so its depth and the number of its parts are counted first. Strings hold no parts. */
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

/** Whether it is a table and not a list, a text or anything else. */
export function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The tables in a list; none where it is no list. */
export function tablesOf(value: unknown): readonly Table[] {
  return Array.isArray(value) ? value.filter(isTable) : [];
}

/** The texts in a list; none where it is no list. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** A text that is not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
