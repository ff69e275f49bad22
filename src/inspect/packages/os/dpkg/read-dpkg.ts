import { readStanzas, type Stanza } from '../../../../base/bytes/deb822.ts';
import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage, Ownership } from '../../../../base/model/package.ts';
import type { Problem, ProblemCode } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseSourceField } from './source-field.ts';

const wanted = new Set(['package', 'version', 'architecture', 'source', 'maintainer', 'status']);

/** States in which a package's files are on the disk: all but `not-installed` and `config-files`. */
const installedStates = new Set([
  'installed',
  'half-installed',
  'unpacked',
  'half-configured',
  'triggers-awaited',
  'triggers-pending',
]);

const otherStates = new Set(['not-installed', 'config-files']);

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Reads a status file, one file of `status.d`, or a list of files, whichever the path is. */
export function* readDpkg(file: OpenFile, limits: Limits): Generator<Found> {
  const text = Buffer.from(file.bytes.buffer, file.bytes.byteOffset, file.bytes.byteLength).toString('utf8');
  if (file.path.endsWith('.list')) yield* ownership(file, text, (line) => line);
  else if (file.path.endsWith('.md5sums')) yield* ownership(file, text, pathOfChecksumLine);
  else yield* readStatus(file, text, limits);
}

function* readStatus(file: OpenFile, text: string, limits: Limits): Generator<Found> {
  let count = 0;
  for (const stanza of readStanzas(text, wanted)) {
    if (++count > limits.maxPackagesPerFile) {
      yield problem(
        file,
        stanza.line,
        'too-many',
        `more than ${limits.maxPackagesPerFile} packages; the rest was not read`,
      );
      return;
    }
    if (stanza.brokenLine !== undefined)
      yield problem(file, stanza.brokenLine, 'malformed', `a line that is no field, in the entry of ${nameOf(stanza)}`);
    const state = stateOf(stanza);
    if (state === undefined)
      yield problem(
        file,
        stanza.line,
        'malformed',
        `a Status that dpkg does not know, in the entry of ${nameOf(stanza)}`,
      );
    // What cannot be told counts as installed.
    if (state === undefined || installedStates.has(state)) yield toPackage(file, stanza);
  }
}

/** The third word of Status. Files of `status.d` have none, and hold what is installed. */
function stateOf({ fields }: Stanza): string | undefined {
  const status = fields.get('status');
  if (status === undefined) return 'installed';
  const state = status.split(/\s+/)[2] ?? '';
  return installedStates.has(state) || otherStates.has(state) ? state : undefined;
}

function toPackage(file: OpenFile, stanza: Stanza): FoundPackage | Problem {
  const { fields, line } = stanza;
  const name = fields.get('package');
  const version = fields.get('version');
  if (!name || !version)
    return problem(
      file,
      line,
      'incomplete',
      `the entry of ${nameOf(stanza)} has no ${name ? 'Version' : 'Package'}; it is missing from the result`,
    );
  const architecture = fields.get('architecture');
  const maintainer = fields.get('maintainer');
  return {
    kind: 'package',
    type: 'deb',
    name,
    version,
    state: 'installed',
    source: parseSourceField(fields.get('source'), name, version),
    ...(architecture ? { architecture } : {}),
    ...(maintainer ? { maintainer } : {}),
  };
}

/** The owner is the file's own name: `libc6:amd64.list` belongs to libc6. */
function* ownership(file: OpenFile, text: string, pathOf: (line: string) => string): Generator<Ownership> {
  const base = file.path.slice(file.path.lastIndexOf('/') + 1, file.path.lastIndexOf('.'));
  const owner = base.replace(/:[a-z0-9-]{1,20}$/, '');
  let paths: string[] = [];
  for (const line of readLines(text)) {
    const path = pathOf(line).replace(/^\/+/, '');
    if (path !== '') paths.push(path);
    if (paths.length < maxPathsTogether) continue;
    yield { kind: 'ownership', type: 'deb', owner, paths };
    paths = [];
  }
  if (paths.length > 0) yield { kind: 'ownership', type: 'deb', owner, paths };
}

function pathOfChecksumLine(line: string): string {
  return line.slice(34);
}

function nameOf({ fields, line }: Stanza): string {
  return fields.get('package') || `line ${line}`;
}

function problem(file: OpenFile, line: number, code: ProblemCode, message: string): Problem {
  return {
    kind: 'problem',
    where: { path: file.path, offset: line, unit: 'line' },
    code,
    message: `In dpkg's database: ${message}.`,
  };
}
