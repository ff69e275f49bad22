import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table, textOf } from '../../document/table.ts';
import { originOf } from './origin.ts';

/** Reads renv's lock file. https://rstudio.github.io/renv/articles/lockfile.html */
export function* readRenvLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'cran', state: 'declared' }, readPackages(file, parsed.value), limits);
}

function* readPackages(file: OpenFile, { Packages: packages }: Table): Generator<Listed | Problem> {
  if (!isTable(packages)) {
    yield problemOf(file, 'malformed', 'it has no Packages; what it lists is missing from the result');
    return;
  }
  for (const [key, entry] of Object.entries(packages)) {
    const fields: Table = isTable(entry) ? entry : {};
    yield { kind: 'listed', name: fields.Package ?? key, version: fields.Version, origin: originIn(fields) };
  }
}

function originIn(fields: Table): string | undefined {
  const source = textOf(fields.Source)?.toLowerCase();
  if (source === 'bioconductor') return 'Bioconductor';
  const origin = originOf((key) => (Object.hasOwn(fields, key) ? textOf(fields[key]) : undefined));
  // A folder or an archive has no `Remote` fields.
  return origin ?? (source === undefined || source === 'repository' || source === 'cran' ? undefined : source);
}
