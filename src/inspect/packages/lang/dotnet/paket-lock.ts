import { readLines } from '../../../../base/bytes/lines.ts';
import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { decodeText } from '../../document/text.ts';

const entry = /^ {4}([^\s()]{1,300}) \(([^()\s]{1,300})\)/;

/**
 * Reads Paket's lock file. Groups have sections of their own; files from GitHub, git and other addresses are no packages.
 * https://fsprojects.github.io/Paket/lock-file.html
 */
export function readPaketLock(file: OpenFile, limits: Limits): Iterable<Found> {
  return collectListed(file, { type: 'nuget', state: 'declared' }, readSections(file), limits);
}

function* readSections(file: OpenFile): Generator<Listed | Problem> {
  let section = '';
  let line = 0;
  for (const row of readLines(decodeText(file))) {
    line++;
    if (/^\S/.test(row)) section = row.trim();
    else if (section === 'NUGET' && /^ {4}\S/.test(row)) {
      const [, name, version] = entry.exec(row) ?? [];
      if (name === undefined)
        yield problemOf(file, 'malformed', 'an entry is no package; it is missing from the result', line);
      else yield { kind: 'listed', name, version, line };
    } else if (section === '' && row.trim() !== '')
      yield problemOf(file, 'malformed', 'a line stands in no section', line);
  }
}
