import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';
import { toReference } from './reference.ts';

/** Sections that name packages with their versions; `[requires]` of `conaninfo.txt` has patterns such as `zlib/1.Y.Z`. */
const projectSections: ReadonlyMap<string, boolean> = new Map([
  ['requires', false],
  ['build_requires', true],
  ['tool_requires', true],
  ['test_requires', true],
]);
const infoSections: ReadonlyMap<string, boolean> = new Map([['full_requires', false]]);
/** Where Conan 1 keeps a package: `data/<name>/<version>/<user>/<channel>/package/<id>`. */
const place =
  /(?:^|\/)data\/([^/]{1,200})\/([^/]{1,200})\/([^/]{1,200})\/([^/]{1,200})\/package\/[^/]{1,200}\/conaninfo\.txt$/;

/**
 * Reads `conanfile.txt`, and `conaninfo.txt` that Conan puts into each package. https://docs.conan.io/2/reference/conanfile_txt.html
 */
export function* readConanText(file: OpenFile, limits: Limits): Generator<Found> {
  const sections = file.path.endsWith('conaninfo.txt') ? infoSections : projectSections;
  yield* collectListed(file, { type: 'conan', state: 'declared' }, readSections(file, sections), limits);
}

function* readSections(file: OpenFile, sections: ReadonlyMap<string, boolean>): Generator<Listed | Problem> {
  const [, name, version, user, channel] = place.exec(file.path) ?? [];
  if (name !== undefined) yield { ...toReference(`${name}/${version}@${user}/${channel}`), state: 'installed' };
  let development: boolean | undefined;
  let line = 0;
  for (const row of readLines(decodeText(file))) {
    line++;
    const text = row
      .slice(0, 2000)
      .replace(/(?:^|\s)#.*$/, '')
      .trim();
    const heading = /^\[(\w{1,100})\]$/.exec(text)?.[1];
    if (heading !== undefined) development = sections.get(heading);
    else if (development !== undefined && text !== '') yield toReference(text, development, line);
    else if (text.includes('\0')) {
      yield problemOf(file, 'malformed', 'it is no text', line);
      return;
    }
  }
}
