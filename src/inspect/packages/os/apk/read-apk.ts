import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage, Ownership } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';

/** One record: single-letter fields (the first of each), the files that it owns, and the line it starts at. */
interface Entry {
  readonly fields: Map<string, string>;
  readonly paths: string[];
  readonly line: number;
}

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Reads apk's `installed`: records apart by an empty line, each line a letter, a colon and a value. */
export function* readApk(file: OpenFile, limits: Limits): Generator<Found> {
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).toString('utf8');
  let count = 0;
  for (const item of readEntries(file, text)) {
    if ('kind' in item) yield item;
    else if (++count > limits.maxPackagesPerFile) {
      yield problem(
        file,
        item.line,
        'too-many',
        `more than ${limits.maxPackagesPerFile} packages; the rest was not read`,
      );
      return;
    } else yield* toFound(file, item);
  }
}

function* readEntries(file: OpenFile, text: string): Generator<Entry | Ownership | Problem> {
  let entry: Entry | undefined;
  let directory = '';
  let line = 0;
  for (const row of readLines(text)) {
    line++;
    if (row === '') {
      if (entry) yield entry;
      entry = undefined;
      continue;
    }
    if (row[1] !== ':') {
      yield problem(file, line, 'malformed', 'a line that is no field');
      continue;
    }
    entry ??= { fields: new Map(), paths: [], line };
    const value = row.slice(2);
    if (row[0] === 'F') directory = value;
    else if (row[0] === 'R') {
      entry.paths.push(directory === '' ? value : `${directory}/${value}`);
      if (entry.paths.length >= maxPathsTogether) yield* takePaths(entry);
    } else if (!entry.fields.has(row[0]!)) entry.fields.set(row[0]!, value);
  }
  if (entry) yield entry;
}

function* toFound(file: OpenFile, entry: Entry): Generator<FoundPackage | Ownership | Problem> {
  const { fields, line } = entry;
  const name = fields.get('P');
  const version = fields.get('V');
  if (!name || !version) {
    yield problem(
      file,
      line,
      'incomplete',
      `the entry of ${name ?? `line ${line}`} has no ${name ? 'version (V:)' : 'name (P:)'}; it is missing from the result`,
    );
    return;
  }
  const optional = (key: string, letter: string) => (fields.get(letter) ? { [key]: fields.get(letter)! } : {});
  yield {
    kind: 'package',
    type: 'apk',
    name,
    version,
    state: 'installed',
    // Subpackages are built from their origin's recipe, with its version; advisories name the origin.
    source: { name: fields.get('o') || name, version },
    ...optional('architecture', 'A'),
    ...optional('maintainer', 'm'),
    ...(fields.get('L') ? { licenses: [fields.get('L')!] } : {}),
  };
  yield* takePaths(entry);
}

/** What was gathered so far. The name stands before the files that it owns, or apk itself would refuse the database. */
function* takePaths({ fields, paths }: Entry): Generator<Ownership> {
  const taken = paths.splice(0);
  const owner = fields.get('P');
  if (owner && fields.get('V') && taken.length > 0) yield { kind: 'ownership', type: 'apk', owner, paths: taken };
}

function problem(file: OpenFile, line: number, code: ProblemCode, message: string): Problem {
  return {
    kind: 'problem',
    where: { path: file.path, offset: line, unit: 'line' },
    code,
    message: `In apk's database: ${message}.`,
  };
}
