/** What JSON can hold. An undefined member is left out. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** Characters of a chunk: enough that a write to a file costs little, little enough to hold any number of times. */
const chunkLength = 64 * 1024;

/**
 * Writes an object, a line for each member and for each item of a list: greppable, and small to compare. A member that is an
 * iterator is written as a list, one item at a time, so that nothing large is ever held.
 */
export function* writeJson(members: object): Generator<string> {
  let chunk = '{';
  let separator = '\n';
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) continue;
    chunk += `${separator}${JSON.stringify(key)}: `;
    separator = ',\n';
    for (const part of writeMember(value)) {
      chunk += part;
      if (chunk.length < chunkLength) continue;
      yield escapeInvisible(chunk);
      chunk = '';
    }
  }
  yield escapeInvisible(`${chunk}\n}\n`);
}

function* writeMember(value: unknown): Generator<string> {
  if (!isList(value)) {
    yield JSON.stringify(value);
    return;
  }
  yield '[';
  let separator = '\n';
  for (const item of value) {
    yield separator + JSON.stringify(item);
    separator = ',\n';
  }
  yield separator === '\n' ? ']' : '\n]';
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}

/**
 * JSON on a terminal is terminal output: DEL, the C1 controls and marks that turn the direction of text, which JSON may hold
 * as they are, become escapes. All of them can stand only inside strings.
 */
function escapeInvisible(text: string): string {
  return text.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
