import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { isProjectName, isVersionText } from './names.ts';
import { toProblem, Unpinned } from './problem.ts';
import { type Requirement, readRequirement } from './requirement-line.ts';
import { isForDevelopment } from './requirements-path.ts';

/** A larger one is data that happens to be called so; the longest in use, with all hashes, has some 5 MB. */
const maxFileBytes = 16 * 1024 * 1024;

/**
 * Reads a requirements file: what it pins by `==` or `===`. https://pip.pypa.io/en/stable/reference/requirements-file-format/
 * Included files are read where they lie, if their names tell what they are.
 */
export function* readRequirements(file: OpenFile): Generator<Found> {
  if (file.bytes.length > maxFileBytes)
    return yield toProblem(file, 'too-large', `has ${file.bytes.length} bytes where ${maxFileBytes} are read`);
  const unpinned = new Unpinned();
  const strange: number[] = [];
  for (const { line, text } of logicalLines(decode(file.bytes))) {
    const requirement = readRequirement(text);
    if (requirement.kind === 'pinned' && isUsable(requirement)) yield toPackage(file, requirement);
    else if (requirement.kind === 'unpinned') unpinned.add(requirement.name);
    else if (requirement.kind !== 'nothing') strange.push(line);
  }
  yield* unpinned.toProblems(file);
  if (strange.length > 0)
    yield toProblem(
      file,
      'malformed',
      `has ${strange.length} lines that are no requirements, the first here`,
      strange[0],
    );
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
  let parts: string[] = [];
  let start = 0;
  let line = 0;
  for (const raw of text.split(/\r\n|\n|\r/)) {
    line++;
    if (parts.length === 0) start = line;
    const isComment = /^\s*#/.test(raw);
    if (raw.endsWith('\\') && !isComment) {
      parts.push(raw.slice(0, -1));
      continue;
    }
    if (!isComment) parts.push(raw);
    const joined = withoutComment(parts.join('')).trim();
    parts = [];
    if (joined !== '') yield { line: start, text: joined };
  }
  const rest = withoutComment(parts.join('')).trim();
  if (rest !== '') yield { line: start, text: rest };
}

function withoutComment(text: string): string {
  const hash = text.startsWith('#') ? 0 : text.search(/\s#/);
  return hash < 0 ? text : text.slice(0, hash);
}
