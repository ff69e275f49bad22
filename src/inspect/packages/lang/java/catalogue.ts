import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { entriesOf, isTable, type Table, textOf } from '../../document/table.ts';
import { parseToml } from '../../document/toml.ts';
import { mavenListing, toExactVersion, toMavenName } from './coordinates.ts';

/**
 * Reads a version catalogue of Gradle: libraries, and plug-ins by the artifact that marks them.
 * https://docs.gradle.org/current/userguide/version_catalogs.html
 */
export function* readCatalogue(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseToml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, mavenListing, readTables(parsed.value), limits);
}

function* readTables({ versions, libraries, plugins }: Table): Generator<Listed | Problem> {
  const known: Table = isTable(versions) ? versions : {};
  for (const [, entry] of entriesOf(libraries)) yield toLibrary(entry, known);
  for (const [, entry] of entriesOf(plugins)) yield toPlugin(entry, known);
}

/** `"group:artifact:version"`, or a table with `module` or `group` and `name`. */
function toLibrary(entry: unknown, versions: Table): Listed {
  if (typeof entry === 'string') {
    const [group, artifact, version] = entry.split(':', 3);
    return { kind: 'listed', name: toMavenName(group, artifact), version: toExactVersion(version) };
  }
  const { module, group, name, version }: Table = isTable(entry) ? entry : {};
  const [first, second] = typeof module === 'string' ? module.split(':', 2) : [group, name];
  return { kind: 'listed', name: toMavenName(first, second), version: versionOf(version, versions) };
}

/** `"id:version"`, or a table with `id`. */
function toPlugin(entry: unknown, versions: Table): Listed {
  const [id, text] = typeof entry === 'string' ? entry.split(':', 2) : [isTable(entry) ? entry.id : undefined];
  const version = text ?? (isTable(entry) ? entry.version : undefined);
  const name = toMavenName(id, `${String(id)}.gradle.plugin`);
  return { kind: 'listed', name, version: versionOf(version, versions), development: true };
}

/** A text, a reference to one, or what is wanted in several degrees, the strictest first. */
function versionOf(version: unknown, versions: Table, depth = 0): string | undefined {
  if (typeof version === 'string') return toExactVersion(version);
  if (!isTable(version) || depth > 1) return undefined;
  const ref = textOf(version.ref);
  if (ref !== undefined)
    return Object.hasOwn(versions, ref) ? versionOf(versions[ref], versions, depth + 1) : undefined;
  return toExactVersion(textOf(version.strictly) ?? textOf(version.require) ?? textOf(version.prefer));
}
