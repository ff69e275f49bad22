import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table } from '../../document/table.ts';

/** Kinds of files that a package brings to run. */
const assetKinds = ['runtime', 'native', 'runtimeTargets', 'resources'];

/**
 * Reads `*.deps.json`, which the host of .NET loads an application by. A package without files of its own there (the framework has
 * them, or it only names others) is `declared`. The application's own projects are no packages.
 * https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md
 */
export function* readDeps(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'nuget', state: 'installed' }, readLibraries(file, parsed.value), limits);
}

function* readLibraries(file: OpenFile, { libraries, targets }: Table): Generator<Listed | Problem> {
  if (!isTable(libraries)) {
    yield problemOf(file, 'malformed', 'it has no libraries; what it lists is missing from the result');
    return;
  }
  const withFiles = new Set<string>();
  for (const [, target] of entriesOf(targets))
    for (const [key, library] of entriesOf(target)) if (hasAssets(library)) withFiles.add(key);
  for (const [key, library] of Object.entries(libraries)) {
    const kind = isTable(library) ? String(library.type).toLowerCase() : '';
    if (kind !== 'package' && kind !== 'runtimepack') continue;
    const [name, version] = splitKey(key);
    yield { kind: 'listed', name, version, state: withFiles.has(key) ? 'installed' : 'declared' };
  }
}

function hasAssets(library: unknown): boolean {
  return isTable(library) && assetKinds.some((kind) => entriesOf(library[kind]).length > 0);
}

/** `Name/1.0.0`. The runtime inside a self-contained application is a package with a prefix. */
export function splitKey(key: string): [name: string, version: string] {
  const slash = key.indexOf('/');
  const name = slash < 0 ? key : key.slice(0, slash);
  return [name.replace(/^runtimepack\./, ''), slash < 0 ? '' : key.slice(slash + 1)];
}
