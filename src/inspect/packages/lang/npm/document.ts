import { createRequire } from 'node:module';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { OpenFile } from '../../cataloguer.ts';

/** A parsed file, or why there is none. */
export type Parsed<T> = { readonly value: T } | { readonly problem: Problem };

/** An object of JSON. Its keys come from the image: read only names that `Object.prototype` lacks, or use `Object.entries`. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A mapping of YAML. Scalars in it are strings, whatever they look like. */
export type YamlMap = ReadonlyMap<string, unknown>;

/**
 * Most values in one file: a small file may hold millions, each a hundred bytes once parsed. A lock file of 16 MB has some
 * 400,000.
 */
const maxJsonValues = 1_000_000;
/** Fewer, since the parser of YAML keeps an event of some 200 bytes for each. */
const maxYamlValues = 250_000;

/** The text of a file without its byte order mark. */
export function textOf({ bytes }: OpenFile): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/**
 * Parses a file whose top is an object, after `toJson` has made JSON of a format that is more than that. V8 parses without
 * recursion, so only the count of values is bounded.
 */
export function parseJson(file: OpenFile, toJson = (text: string) => text): Parsed<JsonObject> {
  if (hasMoreValues(file.bytes, maxJsonValues)) return failed(file, 'too-many', tooManyValues(maxJsonValues));
  const text = toJson(textOf(file));
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return { value };
    return failed(file, 'malformed', 'it is JSON, but no object');
  } catch (error) {
    const message = (error as Error).message;
    const line = /\(line (\d{1,9}) column/.exec(message)?.[1];
    const isCut = text.trim() === '' || message.startsWith('Unexpected end');
    return failed(file, isCut ? 'truncated' : 'malformed', 'it is no whole JSON text', line ? Number(line) : undefined);
  }
}

/** Parses a file of YAML documents whose tops are mappings. Lock files never have aliases, so none is accepted. */
export function parseYaml(file: OpenFile, limits: Limits, text = textOf(file)): Parsed<YamlMap[]> {
  if (hasMoreValues(file.bytes, maxYamlValues)) return failed(file, 'too-many', tooManyValues(maxYamlValues));
  const { FAILSAFE_SCHEMA, loadAll, realMapTag } = loadYaml();
  try {
    const schema = FAILSAFE_SCHEMA.withTags(realMapTag);
    const documents = loadAll(text, { schema, maxAliases: 0, maxDepth: limits.maxDepth });
    if (documents.length > 0 && documents.every(isYamlMap)) return { value: documents };
    return failed(file, text.trim() === '' ? 'truncated' : 'malformed', 'it is no YAML mapping');
  } catch (error) {
    const { reason, mark } = error as { reason?: unknown; mark?: { line?: number } };
    const line = typeof mark?.line === 'number' ? mark.line + 1 : undefined;
    const isDeep = String(reason).includes('maxDepth');
    return failed(file, isDeep ? 'too-deep' : 'malformed', 'it is no YAML text that a lock file can be', line);
  }
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isYamlMap(value: unknown): value is YamlMap {
  return value instanceof Map;
}

/** A problem of this file; `line` counts from 1. */
export function problemOf({ path }: OpenFile, code: ProblemCode, message: string, line?: number): Problem {
  const where = line === undefined ? { path } : { path, offset: line, unit: 'line' as const };
  return { kind: 'problem', where, code, message: `In ${path.slice(path.lastIndexOf('/') + 1)}: ${message}.` };
}

function failed(file: OpenFile, code: ProblemCode, message: string, line?: number): { problem: Problem } {
  return { problem: problemOf(file, code, `${message}; what it lists is missing from the result`, line) };
}

function tooManyValues(most: number): string {
  return `it holds more than ${most} values`;
}

/** Each value follows one of these; commas and the like inside strings count too, so this is an upper bound. */
function hasMoreValues(bytes: Uint8Array, most: number): boolean {
  if (bytes.length <= most) return false;
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === 0x2c || byte === 0x5b || byte === 0x7b) count++;
    else if ((byte === 0x2d || byte === 0x3f) && bytes[at + 1] === 0x20) count++;
    else if (byte === 0x0a && bytes[at + 1] !== 0x0a) count++;
  }
  return count > most;
}

/** Loaded only for the first lock file in YAML: most images have none, and it costs some 6 ms. */
function loadYaml(): typeof import('js-yaml') {
  return createRequire(import.meta.url)('js-yaml');
}
