import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { entriesOf, isTable, type Table, tablesOf, textOf } from '../../document/table.ts';
import { parseToml } from '../../document/toml.ts';

/**
 * Reads `Manifest.toml`: format 1 has a list for each name at the top, format 2 under `deps`. The purl has the package's identifier,
 * since names are not unique. https://pkgdocs.julialang.org/v1/toml-files/#Manifest.toml
 */
export function* readManifest(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseToml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'julia', state: 'declared' }, readEntries(parsed.value), limits);
}

function* readEntries(document: Table): Generator<Listed | Problem> {
  const julia = textOf(document.julia_version);
  const top = isTable(document.deps) ? document.deps : document;
  for (const [name, versions] of entriesOf(top))
    for (const entry of tablesOf(versions)) yield toListed(name, entry, julia);
}

/** A package without version, source and digest belongs to Julia itself and has its version. */
function toListed(name: string, entry: Table, julia: string | undefined): Listed {
  const { uuid, version, path, 'repo-url': repository, 'repo-rev': revision, 'git-tree-sha1': tree } = entry;
  const folder = textOf(path);
  const address = textOf(repository);
  const isOwn = folder === undefined && tree === undefined;
  const origin = address ? `${address}#${textOf(revision) ?? ''}` : folder && `file:${folder}`;
  const identifier = textOf(uuid);
  return {
    kind: 'listed',
    name,
    version: version ?? (isOwn ? julia : undefined),
    origin,
    purl: identifier && /^[0-9a-fA-F-]{36}$/.test(identifier) ? { qualifiers: { uuid: identifier } } : undefined,
  };
}
