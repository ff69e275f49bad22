import { isYamlMap, type YamlMap } from '../../document/yaml.ts';
import { withoutPeers } from './pnpm-key.ts';
import { findReachable } from './reachable.ts';

/**
 * Keys of `packages` that only development dependencies of the projects lead to. `snapshots` has the edges, one node for each
 * set of peers.
 */
export function findDevelopmentOnly(document: YamlMap): Set<string> {
  const snapshots = mapOf(document.get('snapshots'));
  const projects = [...mapOf(document.get('importers')).values()].map(mapOf);
  const reachFrom = (fields: readonly string[]) =>
    findReachable(
      projects.flatMap((project) => fields.flatMap((field) => keysOf(mapOf(project.get(field)), snapshots))),
      (key) => needsOf(mapOf(snapshots.get(key)), snapshots),
    );
  const production = toPackageKeys(reachFrom(['dependencies', 'optionalDependencies']));
  return toPackageKeys(reachFrom(['devDependencies'])).difference(production);
}

function needsOf(snapshot: YamlMap, snapshots: YamlMap): string[] {
  const fields = [snapshot.get('dependencies'), snapshot.get('optionalDependencies')];
  return fields.flatMap((field) => keysOf(mapOf(field), snapshots));
}

/** A dependency is a name with a version, or, in a project, with `{ specifier, version }`; an alias has the whole key as version. */
function keysOf(dependencies: YamlMap, snapshots: YamlMap): string[] {
  const keys: string[] = [];
  for (const [name, value] of dependencies) {
    const version = isYamlMap(value) ? value.get('version') : value;
    const key = `${name}@${version}`;
    if (snapshots.has(key)) keys.push(key);
    else if (typeof version === 'string' && snapshots.has(version)) keys.push(version);
  }
  return keys;
}

function toPackageKeys(keys: Iterable<string>): Set<string> {
  return new Set(Iterator.from(keys).map(withoutPeers));
}

function mapOf(value: unknown): YamlMap {
  return isYamlMap(value) ? value : new Map();
}
