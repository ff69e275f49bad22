/** Shorter texts stand everywhere in a program. */
const minLength = 4;

/**
 * The longest text that every match of an expression holds; undefined where there is none worth looking for. Looking
 * for it in the bytes takes a quarter of what making a text of them and searching that takes.
 * @param expression Without flags that change what a letter stands for.
 */
export function anchorOf({ source, flags }: RegExp): string | undefined {
  if (/[imsuvy]/.test(flags) || hasBorder(source)) return undefined;
  const longest = runsOf(source).reduce((best, run) => (run.length > best.length ? run : best), '');
  return longest.length < minLength ? undefined : longest;
}

/** Where a text begins or ends depends on how it was cut. */
function hasBorder(source: string): boolean {
  return /[\^$]/.test(source.replace(/\\./g, '').replace(/\[\^/g, '['));
}

/** Letters in a row that stand for themselves, outside groups and classes, none of them repeated. */
function runsOf(source: string): string[] {
  const runs = [''];
  let depth = 0;
  for (const [token] of source.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\{[\d,]{1,9}\}|./gs)) {
    const isRepetition = /^(?:[?*+]|\{[\d,]{1,9}\})$/.test(token);
    if (isRepetition) runs.push(runs.pop()!.slice(0, -1), '');
    else if (token === '(') depth++;
    else if (token === ')') depth--;
    else if (token === '|' && depth === 0) return [];
    const letter = depth === 0 ? letterOf(token) : undefined;
    if (letter === undefined) runs.push('');
    else runs.push(runs.pop()! + letter);
  }
  return runs;
}

function letterOf(token: string): string | undefined {
  if (token === '\\0') return '\0';
  if (token === '\\n') return '\n';
  if (/^\\[^\w]$/.test(token)) return token.slice(1);
  return /^[^\\[(){}?*+|.^$]$/.test(token) ? token : undefined;
}
