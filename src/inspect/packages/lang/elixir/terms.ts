/** A constant of Erlang or Elixir. Maps and keyword lists are lists of pairs. */
export type Term =
  | { readonly kind: 'text' | 'atom' | 'number'; readonly value: string }
  | { readonly kind: 'tuple' | 'list'; readonly items: readonly Term[] };

export interface TermLimits {
  readonly maxDepth: number;
  readonly maxTerms: number;
}

/** Strings, binaries, atoms, numbers, signs; spaces and comments are stepped over. */
const token =
  /\s+|[%#](?!\{)[^\n]*|<<"((?:[^"\\]|\\.)*)"(?:\/utf8)?>>|"((?:[^"\\]|\\.)*)"|:?'((?:[^'\\]|\\.)*)'|(%?\{|\[|<<>>)|([}\]])|(=>|[,.|]|:(?![A-Za-z_"']))|:?([A-Za-z_][\w@.!?]*)|(-?\d[\w.]*)/sy;

type Open = { readonly kind: 'tuple' | 'list'; readonly items: Term[]; key?: Term };

/**
 * Reads the first term of a text: tuples, lists, maps, `<<"binaries">>`. Undefined for what is none, damaged, or over a limit.
 * `key: value` and `key => value` become pairs. https://www.erlang.org/doc/system/data_types.html
 */
export function parseTerm(text: string, limits: TermLimits): Term | undefined {
  const open: Open[] = [];
  let count = 0;
  token.lastIndex = 0;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (match === null || ++count > limits.maxTerms * 4) return undefined;
    const [whole, binary, quoted, quotedAtom, opening, closing, sign, word, number] = match;
    const top = open.at(-1);
    if (opening === '<<>>') {
      if (!add(open, { kind: 'text', value: '' })) return undefined;
    } else if (opening !== undefined) {
      open.push({ kind: opening === '{' ? 'tuple' : 'list', items: [] });
      if (open.length > limits.maxDepth) return undefined;
    } else if (closing !== undefined) {
      const done = open.pop();
      if (done === undefined || done.key) return undefined;
      if (open.length === 0) return done;
      add(open, done);
    } else if (sign === '=>' || sign === ':') {
      const key = top?.items.pop();
      if (top === undefined || key === undefined) return undefined;
      top.key = key;
    } else {
      const term = toTerm(binary ?? quoted, quotedAtom ?? word, number);
      if (term !== undefined) {
        if (!add(open, term)) return undefined;
      } else if (sign === undefined && whole.trim() !== '' && !/^[%#]/.test(whole)) return undefined;
    }
  }
  return undefined;
}

function toTerm(quoted: string | undefined, word: string | undefined, number: string | undefined): Term | undefined {
  if (quoted !== undefined) return { kind: 'text', value: quoted.replace(/\\(.)/gs, '$1') };
  if (word !== undefined) return { kind: 'atom', value: word };
  return number === undefined ? undefined : { kind: 'number', value: number };
}

/** Adds a term to what is open, with the key that waits for it. False where nothing is open. */
function add(open: readonly Open[], term: Term): boolean {
  const top = open.at(-1);
  if (top === undefined) return false;
  const { key } = top;
  delete top.key;
  top.items.push(key === undefined ? term : { kind: 'tuple', items: [key, term] });
  return true;
}

/** The items of a tuple or list; none of anything else. */
export function itemsOf(term: Term | undefined): readonly Term[] {
  return term !== undefined && 'items' in term ? term.items : [];
}

/** A text, atom or number as it is written. */
export function wordOf(term: Term | undefined): string | undefined {
  return term !== undefined && 'value' in term ? term.value : undefined;
}
