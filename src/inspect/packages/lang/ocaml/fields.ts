/** What an opam file is made of: texts without their quotes, signs and words. */
export interface OpamToken {
  readonly kind: 'text' | 'sign';
  readonly value: string;
}

/** A text that nobody closes ends with the file: each quote is looked at once. */
const token = /"((?:[^"\\]|\\.)*)(?:"|\\?$)|#[^\n]*|\(\*|([[\]{}()])|([^\s"#[\]{}()]+)/gs;
const maxTokens = 200_000;

/**
 * The wanted fields of an opam file as flat lists of tokens, nested brackets included. Ends at a comment in `(* *)`, which opam
 * itself never writes. https://opam.ocaml.org/doc/Manual.html#Common-file-format
 */
export function readFields(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly OpamToken[]> {
  const fields = new Map<string, OpamToken[]>();
  let current: OpamToken[] | undefined;
  let depth = 0;
  let count = 0;
  for (const [whole, quoted, bracket, word] of text.matchAll(token)) {
    if (whole === '(*' || ++count > maxTokens) break;
    if (whole.startsWith('#')) continue;
    if (depth === 0 && word?.endsWith(':')) {
      const name = word.slice(0, -1);
      current = wanted.has(name) && !fields.has(name) ? [] : undefined;
      if (current) fields.set(name, current);
      continue;
    }
    if (bracket !== undefined) depth += '[{('.includes(bracket) ? 1 : -1;
    current?.push(quoted === undefined ? { kind: 'sign', value: whole } : { kind: 'text', value: quoted });
  }
  return fields;
}
