import { isTable, type Table, tablesOf, textOf } from '../../document/table.ts';
import { type Lock, type Locked, toLockedList } from './lock.ts';

/**
 * `uv.lock`, and `script.py.lock` of a single script. Virtual and editable packages are the workspace itself; their
 * dependencies tell what is only for development: what none of them needs to run.
 */
export function toUvLock(document: Table): Lock {
  const packages = tablesOf(document.package);
  const members = packages.filter(isMember);
  const hasGroups = members.some((member) => isTable(member['dev-dependencies']));
  const needed = hasGroups ? reachable(packages, members) : undefined;
  const toLocked = ({ name, version, source }: Table): Locked => ({
    name,
    version,
    origin: isTable(source) ? originOf(source) : undefined,
    development: needed !== undefined && !needed.has(name),
    isProject: isMember({ source }),
  });
  return { version: document.version, majors: [1], packages: toLockedList(document.package, toLocked) };
}

function isMember({ source }: Table): boolean {
  return isTable(source) && ('virtual' in source || 'editable' in source);
}

/** An index is no origin: it usually mirrors the public one. */
function originOf({ git, url, path, directory }: Table): string | undefined {
  const address = textOf(git);
  return address ? `git+${address}` : (textOf(url) ?? textOf(path) ?? textOf(directory));
}

/** Names that members need to run, through any number of steps. Versions that share a name are needed together. */
function reachable(packages: readonly Table[], members: readonly Table[]): ReadonlySet<unknown> {
  const byName = Map.groupBy(packages, ({ name }) => name);
  const seen = new Set<unknown>(members.map(({ name }) => name));
  // A set visits what is added to it on the way.
  for (const name of seen) {
    for (const entry of byName.get(name) ?? []) for (const needed of dependenciesOf(entry)) seen.add(needed);
  }
  return seen;
}

function* dependenciesOf(entry: Table): Generator<unknown> {
  for (const { name } of tablesOf(entry.dependencies)) yield name;
  const optional = entry['optional-dependencies'];
  for (const extra of isTable(optional) ? Object.values(optional) : [])
    for (const { name } of tablesOf(extra)) yield name;
}
