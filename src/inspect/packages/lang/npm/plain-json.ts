/** More comments and trailing commas than this leave the text as it is. Files of bun have one comma a line. */
const maxCuts = 1_000_000;

/**
 * JSON with comments and trailing commas, without these. One pass in linear time; what is damaged stays, for the parser of
 * JSON to refuse.
 */
export function toPlainJson(text: string): string {
  const cuts: { readonly from: number; readonly to: number }[] = [];
  let comma = -1;
  const token = /["/,\]}]|[^\s"/,\]}]+/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const at = match.index;
    const char = text[at];
    if (char === '/') {
      token.lastIndex = endOfComment(text, at);
      cuts.push({ from: at, to: token.lastIndex });
    } else {
      if ((char === ']' || char === '}') && comma >= 0) cuts.push({ from: comma, to: comma + 1 });
      comma = char === ',' ? at : -1;
      if (char === '"') token.lastIndex = endOfString(text, at);
    }
    if (cuts.length > maxCuts) return text;
  }
  return withoutCuts(text, cuts);
}

/** Where the comment that starts here ends; a lone slash is cut too, since JSON has no use for one. */
function endOfComment(text: string, at: number): number {
  if (text[at + 1] === '/') return endAfter(text, '\n', at, 0);
  if (text[at + 1] === '*') return endAfter(text, '*/', at + 2, 2);
  return at + 1;
}

function endAfter(text: string, mark: string, from: number, length: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + length;
}

function endOfString(text: string, start: number): number {
  const mark = /["\\]/g;
  mark.lastIndex = start + 1;
  for (let match = mark.exec(text); match !== null; match = mark.exec(text)) {
    if (match[0] === '"') return mark.lastIndex;
    mark.lastIndex++;
  }
  return text.length;
}

function withoutCuts(text: string, cuts: { readonly from: number; readonly to: number }[]): string {
  const parts: string[] = [];
  let kept = 0;
  for (const { from, to } of cuts.sort((a, b) => a.from - b.from)) {
    parts.push(text.slice(kept, from));
    kept = to;
  }
  return parts.concat(text.slice(kept)).join('');
}
