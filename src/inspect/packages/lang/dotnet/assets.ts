import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { splitKey } from './deps.ts';

/** Reads what NuGet chose at the last restore. It stands among what a build leaves behind. */
export function* readAssets(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'nuget', state: 'declared' }, readLibraries(file, parsed.value), limits);
}

function* readLibraries(file: OpenFile, { libraries }: Table): Generator<Listed | Problem> {
  if (!isTable(libraries)) {
    yield problemOf(file, 'malformed', 'it has no libraries; what it lists is missing from the result');
    return;
  }
  for (const [key, library] of Object.entries(libraries)) {
    if (!isTable(library) || library.type !== 'package') continue;
    const [name, version] = splitKey(key);
    yield { kind: 'listed', name, version };
  }
}
