import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { isProjectName, isVersionText } from './names.ts';
import { toProblem, Unpinned } from './problem.ts';
import { type Requirement, readRequirement } from './requirement-line.ts';
import { isForDevelopment } from './requirements-path.ts';

/** A larger one is data that happens to be called so; the longest in use, with all hashes, has some 5 MB. */
const maxFileBytes = 8 * 1024 * 1024;
/** What is joined behind it can only be hashes. */
const maxLineLength = 64 * 1024;

/**
 * Reads a requirements file: what it pins by `==` or `===`. https://pip.pypa.io/en/stable/reference/requirements-file-format/
 * Included files are read where they lie, if their names tell what they are.
 */
export function* readRequirements(file: OpenFile): Generator<Found> {
  if (file.bytes.length > maxFileBytes)
    return yield toProblem(file, 'too-large', `has ${file.bytes.length} bytes where ${maxFileBytes} are read`);
  const unpinned = new Unpinned();
  let strange = 0;
  let firstStrange = 0;
  for (const { line, text } of logicalLines(decode(file.bytes))) {
    const requirement = readRequirement(text);
    if (requirement.kind === 'pinned' && isUsable(requirement)) yield toPackage(file, requirement);
    else if (requirement.kind === 'unpinned') unpinned.add(requirement.name);
    else if (requirement.kind !== 'nothing' && strange++ === 0) firstStrange = line;
  }
  yield* unpinned.toProblems(file);
  if (strange > 0)
    yield toProblem(file, 'malformed', `has lines that are no requirements (${strange}, the first here)`, firstStrange);
}

type Pinned = Extract<Requirement, { kind: 'pinned' }>;

function isUsable({ name, version }: Pinned): boolean {
  return isProjectName(name) && isVersionText(version);
}

function toPackage(file: OpenFile, { name, version }: Pinned): FoundPackage {
  const development = isForDevelopment(file.path);
  return { kind: 'package', type: 'pypi', name, version, state: 'declared', ...(development ? { development } : {}) };
}

/** UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it. In all other encodings in use, names are ASCII too. */
function decode(bytes: Uint8Array): string {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}

/** Lines joined where they end in a backslash, without comments. A comment ends a joined line, whatever its end is. */
function* logicalLines(text: string): Generator<{ readonly line: number; readonly text: string }> {
  let joined = '';
  let start = 1;
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const raw = text.slice(at, newline < 0 ? text.length : newline).replace(/\r$/, '');
    at = newline < 0 ? text.length : newline + 1;
    line++;
    if (joined === '') start = line;
    const isComment = /^\s*#/.test(raw);
    const goesOn = raw.endsWith('\\') && !isComment && at < text.length;
    if (!isComment && joined.length < maxLineLength) joined += raw.replace(/\\$/, '');
    if (goesOn) continue;
    const bare = withoutComment(joined).trim();
    joined = '';
    if (bare !== '') yield { line: start, text: bare };
  }
}

function withoutComment(text: string): string {
  const hash = text.startsWith('#') ? 0 : text.search(/\s#/);
  return hash < 0 ? text : text.slice(0, hash);
}
