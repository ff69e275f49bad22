import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Ownership } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';

/** Values that one section of a description may have; licences are the only list that is kept. */
const maxValues = 100;
const maxValueLength = 1000;

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Reads `desc` or `files`, whichever the path is. */
export function readPacman(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('/desc') ? readDescription(file) : readFiles(file, limits);
}

function* readDescription(file: OpenFile): Generator<Found> {
  const sections = new Map<string, string[]>();
  for (const { section, value } of readSections(decodeText(file))) {
    const values = sections.get(section);
    if (values === undefined) {
      if (wanted.has(section)) sections.set(section, [value]);
    } else if (values.length < maxValues) values.push(value);
  }
  const firstOf = (section: string) => sections.get(section)?.[0];
  const [name, version, architecture] = [firstOf('NAME'), firstOf('VERSION'), firstOf('ARCH')];
  const [licenses, maintainer] = [sections.get('LICENSE'), firstOf('PACKAGER')];
  if (!isSystemName(name) || !isSystemVersion(version)) {
    yield incomplete(file, isSystemName(name) ? 'version' : 'name');
    return;
  }
  yield {
    kind: 'package',
    type: 'alpm',
    name,
    version,
    state: 'installed',
    // Several packages may be built from one recipe, with its version.
    source: { name: firstOf('BASE') ?? name, version },
    ...(architecture ? { architecture } : {}),
    ...(maintainer ? { maintainer } : {}),
    ...(licenses ? { licenses } : {}),
  };
}

const wanted = new Set(['NAME', 'VERSION', 'BASE', 'ARCH', 'PACKAGER', 'LICENSE']);

/** Each section is its name between percent signs, a value a line, and an empty line. */
function* readSections(text: string): Generator<{ section: string; value: string }> {
  let section: string | undefined;
  for (const line of readLines(text)) {
    if (line === '') section = undefined;
    else if (section !== undefined) yield { section, value: line.slice(0, maxValueLength) };
    else section = /^%([A-Z0-9]{1,32})%$/.exec(line.slice(0, 40))?.[1];
  }
}

/** The list does not name its package, its folder does. */
function* readFiles(file: OpenFile, limits: Limits): Generator<Ownership | Problem> {
  const owner = ownerOf(file.path);
  if (owner === undefined) {
    yield problemOf(
      file,
      'malformed',
      'its folder is not named as a package of pacman; whose files these are is unknown',
    );
    return;
  }
  let paths: string[] = [];
  let tooLong = 0;
  for (const line of pathsOf(decodeText(file))) {
    if (line.length > limits.maxPathBytes) tooLong++;
    else paths.push(line);
    if (paths.length < maxPathsTogether) continue;
    yield { kind: 'ownership', type: 'alpm', owner, paths };
    paths = [];
  }
  if (paths.length > 0) yield { kind: 'ownership', type: 'alpm', owner, paths };
  if (tooLong > 0) yield problemOf(file, 'too-large', `${tooLong} paths are longer than any can be`);
}

function* pathsOf(text: string): Generator<string> {
  let isFiles = false;
  for (const line of readLines(text)) {
    if (line === '') isFiles = false;
    else if (isFiles && !line.endsWith('/')) yield line;
    else if (line === '%FILES%') isFiles = true;
  }
}

/** `kettle-docs-2:1.4.0-3` is kettle-docs 2:1.4.0-3: versions and releases have no hyphen. */
function ownerOf(path: string): string | undefined {
  const folder = path.split('/').at(-2)!;
  const release = folder.lastIndexOf('-');
  const version = folder.lastIndexOf('-', release - 1);
  return version > 0 ? folder.slice(0, version) : undefined;
}

function incomplete(file: OpenFile, missing: string): Problem {
  const code = file.bytes.length === 0 ? 'truncated' : 'incomplete';
  return problemOf(
    file,
    code,
    `${file.path.split('/').at(-2)} has no usable ${missing}; it is missing from the result`,
  );
}
