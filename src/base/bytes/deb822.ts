/** One paragraph of a control file: fields by lower-case name, and where it starts. */
export interface Stanza {
  readonly fields: ReadonlyMap<string, string>;
  /** 1-based. */
  readonly line: number;
  /** The first line that is neither a field, a continuation nor a comment, if any. */
  readonly brokenLine?: number;
}

/**
 * Reads a control file such as dpkg's status, keeping only the fields asked for, first line each.
 * https://manpages.debian.org/deb822
 * @param wanted Lower-case field names.
 */
export function* readStanzas(text: string, wanted: ReadonlySet<string>): Generator<Stanza> {
  let fields = new Map<string, string>();
  let start = 0;
  let brokenLine: number | undefined;
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    line++;
    const first = text.charCodeAt(at);
    if (isBlank(text, at, end)) {
      if (start > 0) yield toStanza(fields, start, brokenLine);
      fields = new Map();
      start = 0;
      brokenLine = undefined;
    } else if (first !== space && first !== tab && first !== hash) {
      start ||= line;
      const colon = findColon(text, at, end);
      if (colon <= at) brokenLine ??= line;
      else {
        const name = text.slice(at, colon).toLowerCase();
        if (wanted.has(name)) fields.set(name, text.slice(colon + 1, end).trim());
      }
    } else if (start === 0 && first !== hash) {
      start = line;
      brokenLine ??= line;
    }
    at = end + 1;
  }
  if (start > 0) yield toStanza(fields, start, brokenLine);
}

const space = 0x20;
const tab = 0x09;
const hash = 0x23;

/** -1 where there is none. `indexOf` would look through all the file for a line without one. */
function findColon(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text.charCodeAt(at) === 0x3a) return at;
  return -1;
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== space && code !== tab && code !== 0x0d) return false;
  }
  return true;
}

function toStanza(fields: ReadonlyMap<string, string>, line: number, brokenLine: number | undefined): Stanza {
  return brokenLine === undefined ? { fields, line } : { fields, line, brokenLine };
}
