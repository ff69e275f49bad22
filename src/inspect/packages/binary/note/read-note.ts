import { isDistributionType } from '../../../../base/ecosystems.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import { type Purl, parsePurl, toWholeName } from '../../../../base/purl.ts';
import type { Found, LargeFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { problemOf } from '../../document/problem.ts';
import { type Table, textOf } from '../../document/table.ts';
import { readSection } from '../program-section.ts';
import { findPackageNote } from './package-note.ts';

/** Real notes have some 200 bytes. */
const maxNoteBytes = 64 << 10;
const maxTextLength = 300;

/** Reads which package a program says that it belongs to. */
export function* readNote({ path, content }: LargeFile): Generator<Found> {
  const section = readSection(content, ['.note.package'], maxNoteBytes);
  if (section === undefined) return;
  const note = 'damage' in section ? undefined : findPackageNote(section.bytes, section.isLittleEndian);
  if (note === undefined) {
    const code = 'damage' in section ? section.damage : 'malformed';
    yield problemOf({ path }, code, 'its note of the package cannot be read; the package is missing from the result');
    return;
  }
  const parsed = parseJson({ path, bytes: note });
  yield 'problem' in parsed ? parsed.problem : toPackage(path, parsed.value);
}

/** Its name is that of the source package. What the fields leave out, the purl may say. */
function toPackage(path: string, fields: Table): FoundPackage | Problem {
  const purl = parsePurl(textOf(fields.purl) ?? '');
  const type = toType(textOf(fields.type) ?? purl?.type);
  const name = textOf(fields.name) ?? (purl && nameOf(purl));
  const version = textOf(fields.version) ?? purl?.version;
  const architecture = textOf(fields.architecture) ?? purl?.qualifiers?.arch;
  if (type === undefined || !isWord(name) || !isWord(version))
    return problemOf({ path }, 'incomplete', 'its note names no package with type, name and version');
  return {
    kind: 'package',
    type,
    name,
    version,
    state: 'installed',
    ...(isWord(architecture) ? { architecture } : {}),
  };
}

/** Packages of a distribution are named within it: `debian` is no part of the name in `pkg:deb/debian/keel`. */
function nameOf(purl: Purl): string {
  return isDistributionType(purl.type) ? purl.name : toWholeName(purl);
}

/** The type as purl writes it. */
function toType(type: string | undefined): string | undefined {
  const lower = type?.toLowerCase();
  if (lower === 'pacman' || lower === 'arch') return 'alpm';
  return lower !== undefined && /^[a-z][a-z0-9.-]{0,40}$/.test(lower) ? lower : undefined;
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTextLength && /^[^\s\p{Cc}]+$/u.test(value);
}
