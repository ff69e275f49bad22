import { isTable, type Table } from '../../document/table.ts';
import { findReachable } from './reachable.ts';

const productionFields = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** Real keys have some five names, real files some 100,000 look-ups; a hostile file could ask for billions. */
const maxKeyLength = 1024;
const maxLookUps = 1_000_000;

/**
 * Keys of `packages` that only development dependencies of the workspaces lead to; none if that is too much to find out. A key
 * is a path of names, `mkdirp/minimist`: a dependency is looked for below who needs it, then one name up, as Node looks through
 * `node_modules`.
 */
export function findDevelopmentOnly(lock: Table, packages: Table): Set<string> {
  const finder = new PackageFinder(packages);
  const workspaces = isTable(lock.workspaces) ? Object.values(lock.workspaces) : [];
  const reachFrom = (fields: readonly string[]) =>
    findReachable(
      workspaces.flatMap((workspace) => finder.find(nameOf(workspace), namesIn(workspace, fields))),
      (key) => finder.find(key, namesIn(detailsOf(packages[key]), productionFields)),
    );
  const production = reachFrom(productionFields);
  const developmentOnly = reachFrom(['devDependencies']).difference(production);
  return finder.isComplete ? developmentOnly : new Set();
}

class PackageFinder {
  readonly #keys: ReadonlySet<string>;
  #lookUps = 0;

  constructor(packages: Table) {
    const keys = Object.keys(packages);
    this.#keys = new Set(keys);
    if (keys.some((key) => key.length > maxKeyLength)) this.#lookUps = maxLookUps + 1;
  }

  get isComplete(): boolean {
    return this.#lookUps <= maxLookUps;
  }

  /** Keys of what a package, or a workspace by its name, gets for these names. */
  find(from: string, names: readonly string[]): string[] {
    return names.flatMap((name) => this.#findOne(from.slice(0, maxKeyLength), name) ?? []);
  }

  #findOne(from: string, name: string): string | undefined {
    for (let above = from; above !== '' && ++this.#lookUps <= maxLookUps; above = parentOf(above))
      if (this.#keys.has(`${above}/${name}`)) return `${above}/${name}`;
    return this.#keys.has(name) ? name : undefined;
  }
}

function nameOf(workspace: unknown): string {
  return isTable(workspace) && typeof workspace.name === 'string' ? workspace.name : '';
}

function namesIn(holder: unknown, fields: readonly string[]): string[] {
  if (!isTable(holder)) return [];
  return fields.flatMap((field) => (isTable(holder[field]) ? Object.keys(holder[field]) : []));
}

/** The object of an entry's list: third for registry packages, second for others. */
function detailsOf(entry: unknown): unknown {
  return Array.isArray(entry) ? entry.slice(0, 4).find(isTable) : undefined;
}

/** The path without its last name, which has two parts if it is scoped. */
function parentOf(key: string): string {
  const above = key.slice(0, Math.max(0, key.lastIndexOf('/')));
  const start = above.lastIndexOf('/') + 1;
  return above[start] === '@' ? above.slice(0, Math.max(0, start - 1)) : above;
}
