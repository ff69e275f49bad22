const maxFoldedLength = 1000;

/**
 * Values of the wanted headers of a message, in their order, by lower-case name; folded lines are joined by newlines. The headers
 * end at the first line that is none, as Python's `email` has it. https://www.rfc-editor.org/rfc/rfc5322#section-2.2
 */
export function parseHeaders(text: string, wanted: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  let values: string[] | undefined;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, '');
    at = newline < 0 ? text.length : newline + 1;
    if (line.startsWith(' ') || line.startsWith('\t')) {
      if (values !== undefined) fold(values, line.trim());
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0 || line.lastIndexOf(' ', colon) >= 0) break;
    const name = line.slice(0, colon).toLowerCase();
    values = wanted.has(name) ? (headers.get(name) ?? []) : undefined;
    if (values === undefined) continue;
    values.push(line.slice(colon + 1).trim());
    headers.set(name, values);
  }
  return headers;
}

/** Adds a folded line to the last value, unless that is long already: then it is a text, and how it ends matters to nobody. */
function fold(values: string[], line: string): void {
  const value = values.pop()!;
  values.push(value.length > maxFoldedLength || value === '' ? value || line : `${value}\n${line}`);
}
