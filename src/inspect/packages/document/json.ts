import type { OpenFile } from '../cataloguer.ts';
import { failed, type Parsed } from './problem.ts';
import { isTable, type Table } from './table.ts';
import { decodeText } from './text.ts';
import { hasMoreValues } from './value-count.ts';

/**
 * Most values in one file: a small file may hold millions, each a hundred bytes once parsed. A lock file of 16 MB has some
 * 400,000.
 */
const maxJsonValues = 1_000_000;

/**
 * Parses a file whose top is an object, after `toJson` has made JSON of a format that is more than that. V8 parses without
 * recursion, so only the count of values is bounded.
 */
export function parseJson(file: OpenFile, toJson = (text: string) => text): Parsed<Table> {
  if (hasMoreValues(file.bytes, maxJsonValues))
    return failed(file, 'too-many', `it holds more than ${maxJsonValues} values`);
  const text = toJson(decodeText(file));
  try {
    const value: unknown = JSON.parse(text);
    if (isTable(value)) return { value };
    return failed(file, 'malformed', 'it is JSON, but no object');
  } catch (error) {
    const message = (error as Error).message;
    const line = /\(line (\d{1,9}) column/.exec(message)?.[1];
    const isCut = text.trim() === '' || message.startsWith('Unexpected end');
    return failed(file, isCut ? 'truncated' : 'malformed', 'it is no whole JSON text', line ? Number(line) : undefined);
  }
}
