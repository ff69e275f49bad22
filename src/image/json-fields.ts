import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';

/** A JSON object of unchecked fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Where a value stands, for errors: `layers[3].digest` in `registry:…`. */
export interface Place {
  readonly where: string;
  readonly path: string;
}

/** Strings in one list or map of an image document at most; real configurations have some dozens. */
const maxItems = 10_000;

/** Reads a JSON text that must be an object. Throws before parsing where it is over `limits.maxManifestBytes`. */
export function parseJsonObject(bytes: Uint8Array, where: string, limits: Limits): JsonObject {
  if (bytes.length > limits.maxManifestBytes) {
    throw new PlimsollError(
      'limit-exceeded',
      `${where} has ${bytes.length} bytes where at most ${limits.maxManifestBytes} are read. This is no image document.`,
    );
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw damaged({ where, path: '' }, `is no JSON (${cause instanceof Error ? cause.message : cause})`, cause);
  }
  return asObject(value, { where, path: '' });
}

/**
 * A field by name; undefined where it is absent or null. Container engines are written in Go, whose JSON reader ignores the
 * case of names: so does this, and refuses a document that says a field twice, since readers would differ on what it means.
 */
export function fieldOf(object: JsonObject, name: string, place: Place): unknown {
  const lower = name.toLowerCase();
  const keys = Object.keys(object).filter((key) => key.length === name.length && key.toLowerCase() === lower);
  if (keys.length > 1) throw damaged(below(place, name), `is said ${keys.length} times, in different case`);
  return keys.length === 0 ? undefined : (object[keys[0]!] ?? undefined);
}

export function objectField(object: JsonObject, name: string, place: Place): JsonObject | undefined {
  const value = fieldOf(object, name, place);
  return value === undefined ? undefined : asObject(value, below(place, name));
}

export function stringField(object: JsonObject, name: string, place: Place): string | undefined {
  const value = fieldOf(object, name, place);
  if (value !== undefined && typeof value !== 'string') throw damaged(below(place, name), 'is no string');
  return value;
}

/** A list, at most `max` long; undefined where it is absent. Throws `limit-exceeded`. */
export function listField(object: JsonObject, name: string, place: Place, max: number): readonly unknown[] | undefined {
  const value = fieldOf(object, name, place);
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw damaged(below(place, name), 'is no list');
  if (value.length > max) throw tooMany(below(place, name), value.length, max);
  return value;
}

/** A list of strings, empty where it is absent. A lone string counts as a list of one, as Docker reads it. */
export function stringsField(object: JsonObject, name: string, place: Place): readonly string[] {
  const value = fieldOf(object, name, place);
  if (typeof value === 'string') return [value];
  const list = listField(object, name, place, maxItems) ?? [];
  if (!list.every((item) => typeof item === 'string')) throw damaged(below(place, name), 'is no list of strings');
  return list;
}

/** Texts by name, without prototype; empty where it is absent. */
export function stringMapField(object: JsonObject, name: string, place: Place): Readonly<Record<string, string>> {
  const map: Record<string, string> = Object.create(null);
  for (const [key, value] of Object.entries(mapField(object, name, place))) {
    if (typeof value !== 'string') throw damaged(below(place, name), 'has values that are no strings');
    map[key] = value;
  }
  return map;
}

/** Names of a map whose values mean nothing, such as `Volumes`. */
export function keysField(object: JsonObject, name: string, place: Place): readonly string[] {
  return Object.keys(mapField(object, name, place));
}

export function asObject(value: unknown, place: Place): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged(place, 'is no JSON object');
  return value as JsonObject;
}

export function below({ where, path }: Place, name: string | number): Place {
  const step = typeof name === 'number' ? `[${name}]` : path === '' ? name : `.${name}`;
  return { where, path: path + step };
}

/** `image-unreadable` that names the place. */
export function damaged({ where, path }: Place, detail: string, cause?: unknown): PlimsollError {
  const subject = path === '' ? where : `${where}: ${path}`;
  return new PlimsollError('image-unreadable', `${subject} ${detail}. Build, save or push the image again.`, { cause });
}

function mapField(object: JsonObject, name: string, place: Place): JsonObject {
  const map = objectField(object, name, place) ?? {};
  const { length } = Object.keys(map);
  if (length > maxItems) throw tooMany(below(place, name), length, maxItems);
  return map;
}

function tooMany({ where, path }: Place, count: number, max: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `${where}: ${path} has ${count} entries where at most ${max} are read. This is no usual image.`,
  );
}
