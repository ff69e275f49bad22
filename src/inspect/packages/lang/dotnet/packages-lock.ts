import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table } from '../../document/table.ts';

/**
 * Reads NuGet's lock file: packages for each framework that the project is built for.
 * https://learn.microsoft.com/nuget/consume-packages/package-references-in-project-files#locking-dependencies
 */
export function* readPackagesLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'nuget', state: 'declared' }, readFrameworks(file, parsed.value), limits);
}

function* readFrameworks(file: OpenFile, { version, dependencies }: Table): Generator<Listed | Problem> {
  if (!isTable(dependencies)) {
    yield problemOf(file, 'malformed', 'it has no dependencies; what it lists is missing from the result');
    return;
  }
  if (version !== 1 && version !== 2)
    yield problemOf(
      file,
      'unsupported',
      `it is of version ${String(version).slice(0, 20)}; it may say more than was read`,
    );
  for (const [, framework] of Object.entries(dependencies)) {
    for (const [name, entry] of entriesOf(framework)) {
      const { type, resolved } = isTable(entry) ? entry : ({} as Table);
      if (String(type).toLowerCase() !== 'project') yield { kind: 'listed', name, version: resolved };
    }
  }
}
