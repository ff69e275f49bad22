import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { entriesOf, isTable, type Table, tablesOf, textOf } from '../../document/table.ts';
import { mavenListing, toMavenName } from './coordinates.ts';

/**
 * Reads the lock file of Bazel's rules_jvm_external: since version 2 `artifacts` by `group:artifact`, with the kind of archive and
 * a classifier perhaps; before, a list of coordinates. https://github.com/bazel-contrib/rules_jvm_external
 */
export function* readBazelLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, mavenListing, readArtifacts(file, parsed.value), limits);
}

function* readArtifacts(file: OpenFile, { artifacts, dependency_tree: tree }: Table): Generator<Listed | Problem> {
  if (!isTable(artifacts) && !isTable(tree)) yield problemOf(file, 'malformed', 'it has no artifacts');
  for (const [key, artifact] of entriesOf(artifacts)) {
    const [group, name] = key.split(':', 2);
    yield { kind: 'listed', name: toMavenName(group, name), version: isTable(artifact) ? artifact.version : undefined };
  }
  for (const { coord } of tablesOf(isTable(tree) ? tree.dependencies : undefined)) {
    // `group:artifact[:kind[:classifier]]:version`
    const parts = (textOf(coord) ?? '').split(':', 6);
    yield {
      kind: 'listed',
      name: toMavenName(parts[0], parts[1]),
      version: parts.length > 2 ? parts.at(-1) : undefined,
    };
  }
}
