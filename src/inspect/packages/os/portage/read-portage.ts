import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage, Ownership } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { isSystemName, isSystemVersion } from '../system-names.ts';

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Letters of a folder's name, the most that Linux has. */
const maxFolderLength = 255;

/** Longest licence that is kept. */
const maxLicenseLength = 1000;

/** Reads `CONTENTS` or `LICENSE`; the folder names the package in either, so both give it. */
export function* readPortage(file: OpenFile, limits: Limits): Generator<Found> {
  const found = packageOf(file);
  if (found.kind === 'problem') yield found;
  else if (file.path.endsWith('/LICENSE')) yield withLicense(found, decodeText(file));
  else {
    yield found;
    yield* readContents(file, found.name, limits);
  }
}

/**
 * `app-misc/kettle-1.4.0_rc2-r3` is version 1.4.0_rc2-r3 of app-misc/kettle: no name ends in what could be a version. Nor does one begin with a
 * hyphen, as `-MERGING-kettle-1.4.0` does while it is being installed.
 * https://projects.gentoo.org/pms/8/pms.html#version-specifications
 */
function packageOf(file: OpenFile): FoundPackage | Problem {
  const [category = '', folder = ''] = file.path.split('/').slice(-3);
  const [, name, version] = (folder.length <= maxFolderLength && nameAndVersion.exec(folder)) || [];
  if (isSystemName(category) && isSystemName(name) && isSystemVersion(version))
    return { kind: 'package', type: 'ebuild', name: `${category}/${name}`, version, state: 'installed' };
  const shown = `${category}/${folder}`.slice(0, 100);
  return problemOf(file, 'malformed', `its folder ${shown} is no name with a version; it is missing from the result`);
}

const nameAndVersion =
  /^([A-Za-z0-9_].{0,255}?)-(\d[\d.]{0,100}[a-z]?(?:_(?:alpha|beta|pre|rc|p)\d{0,20}){0,10}(?:-r\d{1,20})?)$/;

/** Conditions as ebuilds write them: `|| ( MIT Apache-2.0 )`. */
function withLicense(found: FoundPackage, text: string): FoundPackage {
  const license = text.slice(0, maxLicenseLength).trim();
  return license === '' ? found : { ...found, licenses: [license] };
}

function* readContents(file: OpenFile, owner: string, limits: Limits): Generator<Ownership | Problem> {
  let paths: string[] = [];
  let number = 0;
  for (const line of readLines(decodeText(file))) {
    number++;
    if (line === '' || line.startsWith('dir ')) continue;
    const path = pathOf(line, limits.maxPathBytes);
    if (path === undefined) yield problemOf(file, 'malformed', 'a line names no file', number);
    else paths.push(path);
    if (paths.length < maxPathsTogether) continue;
    yield { kind: 'ownership', type: 'ebuild', owner, paths };
    paths = [];
  }
  if (paths.length > 0) yield { kind: 'ownership', type: 'ebuild', owner, paths };
}

/** `obj /path md5 time`, `sym /path -> target time`, and `fif` and `dev`, whose lines are a path alone. Paths may have spaces. */
function pathOf(line: string, maxPathBytes: number): string | undefined {
  if (line.length > 3 * maxPathBytes || line[3] !== ' ' || line[4] !== '/') return undefined;
  const rest = line.slice(5);
  const end = endOf(line.slice(0, 3), rest);
  return end > 0 && end <= maxPathBytes ? rest.slice(0, end) : undefined;
}

function endOf(kind: string, rest: string): number {
  if (kind === 'obj') return rest.lastIndexOf(' ', rest.lastIndexOf(' ') - 1);
  if (kind === 'sym') return rest.indexOf(' -> ');
  return kind === 'fif' || kind === 'dev' ? rest.length : -1;
}
