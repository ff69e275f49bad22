/** Names and values that are kept of one resource; real ones have some twelve. */
const maxStrings = 100;
const maxValueLength = 300;

/**
 * The strings of a version resource, of all its languages, the first of each name. It is made of blocks inside one another: bytes in
 * all, units of the value, its kind, a name in UTF-16, the value, and further blocks, each on a boundary of four bytes.
 * https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo
 */
export function readVersionStrings(resource: Buffer): Map<string, string> {
  const strings = new Map<string, string>();
  for (const info of blocksOf(resource, 0, resource.length, 'VS_VERSION_INFO'))
    for (const files of blocksOf(resource, info.start + info.valueLength, info.end, 'StringFileInfo'))
      for (const table of blocksOf(resource, files.start, files.end))
        for (const { key, start, end } of blocksOf(resource, table.start, table.end)) {
          if (strings.size >= maxStrings) return strings;
          if (!strings.has(key)) strings.set(key, textAt(resource, start, end));
        }
  return strings;
}

interface Block {
  readonly key: string;
  /** Where its value is. */
  readonly start: number;
  readonly end: number;
  /** As the block says: bytes of a structure, letters of a text. */
  readonly valueLength: number;
}

/** The blocks one behind the other, of one name or all. */
function* blocksOf(bytes: Buffer, from: number, to: number, wanted?: string): Generator<Block> {
  for (let at = filled(from); at + 6 <= to; ) {
    const length = bytes.readUInt16LE(at);
    if (length < 6) return;
    const end = Math.min(at + length, to);
    const key = textAt(bytes, at + 6, end);
    const start = filled(at + 6 + 2 * (key.length + 1));
    if (wanted === undefined || key === wanted) yield { key, start, end, valueLength: bytes.readUInt16LE(at + 2) };
    at = filled(at + length);
  }
}

/** Text in UTF-16 up to a zero. */
function textAt(bytes: Buffer, start: number, end: number): string {
  const last = Math.min(end, start + 2 * maxValueLength, bytes.length - 1);
  let stop = start;
  while (stop + 1 < last && bytes.readUInt16LE(stop) !== 0) stop += 2;
  return start >= stop ? '' : bytes.toString('utf16le', start, stop);
}

function filled(at: number): number {
  return (at + 3) & ~3;
}
