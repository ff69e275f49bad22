import { readStanzas, type Stanza } from '../../../../base/bytes/deb822.ts';
import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage, Ownership } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';

const wanted = new Set(['package', 'version', 'architecture', 'status', 'sourcename', 'license', 'maintainer']);

/** States in which no file of a package is on the disk but, perhaps, its configuration. */
const absentStates = new Set(['not-installed', 'config-files']);

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Longest licence or maintainer that is kept. */
const maxTextLength = 1000;

/** Reads the status, the control file of one package, or its list of files, whichever the path is. */
export function readOpkg(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.list') ? readList(file) : readControl(file, limits);
}

function* readControl(file: OpenFile, limits: Limits): Generator<Found> {
  let count = 0;
  for (const stanza of readStanzas(decodeText(file), wanted)) {
    if (++count > limits.maxPackagesPerFile) {
      const message = `there are more than ${limits.maxPackagesPerFile} packages; the rest was not read`;
      yield problemOf(file, 'too-many', message, stanza.line);
      return;
    }
    if (stanza.brokenLine !== undefined)
      yield problemOf(file, 'malformed', `a line is no field, in the entry of ${nameOf(stanza)}`, stanza.brokenLine);
    if (!isAbsent(stanza)) yield toPackage(file, stanza);
  }
}

/** The third word of Status, which control files do not have; what cannot be told counts as installed. */
function isAbsent({ fields }: Stanza): boolean {
  return absentStates.has(fields.get('status')?.split(/\s+/, 3)[2] ?? '');
}

function toPackage(file: OpenFile, stanza: Stanza): FoundPackage | Problem {
  const { fields, line } = stanza;
  const name = fields.get('package');
  const version = fields.get('version');
  if (!isSystemName(name) || !isSystemVersion(version)) {
    const missing = isSystemName(name) ? 'Version' : 'Package';
    const message = `the entry of ${nameOf(stanza)} has no usable ${missing}; it is missing from the result`;
    return problemOf(file, 'incomplete', message, line);
  }
  const [architecture, source] = [fields.get('architecture'), fields.get('sourcename')];
  const [license, maintainer] = [fields.get('license'), fields.get('maintainer')];
  return {
    kind: 'package',
    type: 'opkg',
    name,
    version,
    state: 'installed',
    ...(isSystemName(source) ? { source: { name: source, version } } : {}),
    ...(architecture ? { architecture: architecture.slice(0, maxTextLength) } : {}),
    ...(license ? { licenses: [license.slice(0, maxTextLength)] } : {}),
    ...(maintainer ? { maintainer: maintainer.slice(0, maxTextLength) } : {}),
  };
}

function nameOf({ fields, line }: Stanza): string {
  return fields.get('package')?.slice(0, 100) || `line ${line}`;
}

/** A path a line, perhaps with its mode and where it links to behind tabs. The owner is the file's own name: `libc.list` is libc's. */
function* readList(file: OpenFile): Generator<Ownership> {
  const owner = file.path.slice(file.path.lastIndexOf('/') + 1, -'.list'.length);
  let paths: string[] = [];
  for (const line of readLines(decodeText(file))) {
    const path = line.split('\t', 1)[0]!.replace(/^\/+/, '');
    if (path !== '') paths.push(path);
    if (paths.length < maxPathsTogether) continue;
    yield { kind: 'ownership', type: 'opkg', owner, paths };
    paths = [];
  }
  if (paths.length > 0) yield { kind: 'ownership', type: 'opkg', owner, paths };
}
