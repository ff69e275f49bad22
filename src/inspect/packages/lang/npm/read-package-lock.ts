import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { isRegistryRange, parseAlias } from './descriptor.ts';
import { collectLocked, type Locked } from './locked.ts';

/**
 * Reads `package-lock.json` and `npm-shrinkwrap.json` of lockfileVersion 1, 2 and 3. Version 2 says everything twice; its
 * `packages` is believed, as npm does. https://docs.npmjs.com/cli/configuring-npm/package-lock-json
 */
export function* readPackageLock(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const { packages, dependencies, lockfileVersion } = parsed.value;
  if (isTable(packages)) yield* collectLocked(file, readPlaces(file, packages), limits);
  else if (isTable(dependencies)) yield* collectLocked(file, readTree(file, dependencies, limits), limits);
  // A project without dependencies has neither.
  else if (lockfileVersion === undefined || packages !== undefined || dependencies !== undefined)
    yield problemOf(file, 'malformed', 'there are neither packages nor dependencies; what it lists is missing');
}

/** Versions 2 and 3: entries by the place that they are unpacked to. The others are the project and its workspaces. */
function* readPlaces(file: OpenFile, packages: Table): Generator<Locked | Problem> {
  const asked = namesAskedByAddress(packages);
  for (const [place, entry] of Object.entries(packages)) {
    const start = place.lastIndexOf('node_modules/');
    if (start < 0) continue;
    const folder = place.slice(start + 'node_modules/'.length);
    if (!isTable(entry)) yield problemOf(file, 'malformed', `the entry of ${folder.slice(0, 200)} is no object`);
    else if (entry.link !== true) yield toLocked(folder, entry, asked);
  }
}

function toLocked(folder: string, entry: Table, asked: ReadonlySet<string>): Locked {
  const { name = folder, version, resolved, dev, license } = entry;
  return {
    kind: 'locked',
    name,
    version,
    address: addressOf(folder, resolved, asked),
    development: dev === true,
    license,
  };
}

/**
 * Tarballs of the registry and of other sites look alike: mirrors have any address. What tells them apart is whether somebody
 * asked for an address.
 */
function addressOf(folder: string, resolved: unknown, asked: ReadonlySet<string>): string | undefined {
  if (typeof resolved !== 'string') return undefined;
  return /^https?:/.test(resolved) && !asked.has(folder) ? undefined : resolved;
}

const dependencyFields = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const;

function namesAskedByAddress(packages: Table): Set<string> {
  const names = new Set<string>();
  for (const entry of Object.values(packages)) {
    if (!isTable(entry)) continue;
    for (const field of dependencyFields) {
      const wanted = entry[field];
      if (!isTable(wanted)) continue;
      for (const [name, range] of Object.entries(wanted))
        if (typeof range === 'string' && !isRegistryRange(range)) names.add(name);
    }
  }
  return names;
}

/** Version 1: a tree as deep as the folders are. The depth of `node_modules` is bounded by that of paths anyway. */
function* readTree(file: OpenFile, top: Table, limits: Limits): Generator<Locked | Problem> {
  const pending: { readonly level: Table; readonly depth: number }[] = [{ level: top, depth: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const [name, entry] of Object.entries(next.level)) {
      if (!isTable(entry)) {
        yield problemOf(file, 'malformed', `the entry of ${name.slice(0, 200)} is no object`);
        continue;
      }
      if (!isFolder(entry.version)) yield toLockedV1(name, entry);
      const below = entry.dependencies;
      if (!isTable(below)) continue;
      if (next.depth < limits.maxDepth) pending.push({ level: below, depth: next.depth + 1 });
      else yield problemOf(file, 'too-deep', `below ${name.slice(0, 200)} the tree is deeper than ${limits.maxDepth}`);
    }
  }
}

function toLockedV1(name: string, { version, dev }: Table): Locked {
  const development = dev === true;
  if (typeof version !== 'string') return { kind: 'locked', name, version, development };
  const alias = parseAlias(version);
  if (alias) return { kind: 'locked', name: alias.name, version: alias.range, development };
  if (isRegistryRange(version)) return { kind: 'locked', name, version, development };
  return { kind: 'locked', name, version: undefined, address: version, development };
}

/** Links to workspaces and other folders of the project, which are no packages. */
function isFolder(version: unknown): boolean {
  return (
    typeof version === 'string' && version.startsWith('file:') && !/\.(?:tgz|tar|tar\.gz)$/i.test(version.slice(-10))
  );
}
