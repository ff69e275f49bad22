/** Longest line: a date and an id. */
const maxLineLength = 300;

/**
 * Reads `modified_id.csv`: `<RFC 3339>,<id>` per line. Undefined where a line is something else: a web page, or a file that was
 * cut off, must not make advisories vanish.
 */
export function parseModifiedList(bytes: Uint8Array): Map<string, string> | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
  if (!text.endsWith('\n')) return;
  const dates = new Map<string, string>();
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    if (end - start > maxLineLength) return;
    const line = /^(\d{4}-\d\d-\d\dT[\d:.]{8,18}Z),([!-~]{1,128})\r?$/.exec(text.slice(start, end));
    if (line === null) return;
    dates.set(line[2]!, line[1]!);
    start = end + 1;
  }
  return dates;
}

/** What has changed against what is known. */
export interface RecordChanges {
  readonly changed: readonly string[];
  readonly vanished: readonly string[];
}

/** Compares the list with the dates that the known records gave. */
export function compareModified(
  listed: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, string>,
): RecordChanges {
  const isChanged = (id: string, date: string) => Date.parse(known.get(id) ?? '') !== Date.parse(date);
  return {
    changed: [...listed].filter(([id, date]) => isChanged(id, date)).map(([id]) => id),
    vanished: [...known.keys()].filter((id) => !listed.has(id)),
  };
}
