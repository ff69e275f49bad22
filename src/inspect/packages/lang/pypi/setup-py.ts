/** Lists in one file; each is one word that is looked for. */
const maxLists = 10;
const start = /\binstall_requires\s{0,20}=\s{0,20}[[(]/g;
/** A text of Python without escapes, which names and versions never have. */
const token = /[\s,]+|#[^\n]*|[rRuU]?"([^"\\\n]*)"|[rRuU]?'([^'\\\n]*)'/y;

/**
 * The texts in `install_requires` of a `setup.py`, as far as it writes them out: it is a program, and what it
 * computes is not known: in a list that it begins to write out, that is one more without a version.
 * Texts that stand one behind the other are one.
 */
export function* readSetupPy(text: string): Generator<{ readonly text: string }> {
  let lists = 0;
  for (const { index, 0: opening } of text.matchAll(start)) {
    if (++lists > maxLists) return;
    yield* readList(text, index + opening.length);
  }
}

function* readList(text: string, at: number): Generator<{ readonly text: string }> {
  token.lastIndex = at;
  let open: string | undefined;
  let end = at;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    end = token.lastIndex;
    const found = match[1] ?? match[2];
    if (found !== undefined) open = (open ?? '') + found;
    else if (match[0].includes(',') && open !== undefined) {
      yield { text: open };
      open = undefined;
    }
  }
  if (open !== undefined) yield { text: open };
  if (!/[\])]/.test(text.charAt(end))) yield { text: '(computed)' };
}
