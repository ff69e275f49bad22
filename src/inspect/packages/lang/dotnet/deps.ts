import type { Limits } from '../../../../base/limits.ts';
import type { Ownership } from '../../../../base/model/package.ts';
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
  else {
    yield* collectListed(file, { type: 'nuget', state: 'installed' }, readLibraries(file, parsed.value), limits);
    yield* readOwned(file, parsed.value, limits);
  }
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

/**
 * The assemblies that it names, so that they are not listed once more by what they say themselves: of packages beside it by their last
 * name, those for one system or language in folders of their own.
 */
function* readOwned(file: OpenFile, { targets }: Table, limits: Limits): Generator<Ownership> {
  const folder = file.path.slice(0, file.path.lastIndexOf('/') + 1);
  const paths = new Set<string>();
  for (const [, target] of entriesOf(targets))
    for (const [, library] of entriesOf(target))
      for (const kind of isTable(library) ? assetKinds : [])
        for (const [asset] of entriesOf((library as Table)[kind])) {
          if (asset.length > limits.maxPathBytes || paths.size >= limits.maxPackagesPerFile) continue;
          if (kind === 'runtimeTargets') paths.add(folder + asset);
          paths.add(folder + asset.slice(asset.lastIndexOf('/') + 1));
        }
  if (paths.size > 0) yield { kind: 'ownership', type: 'nuget', owner: file.path, paths: [...paths] };
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
