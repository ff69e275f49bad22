import type { Location, OperatingSystem, Package } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import type { Found } from './cataloguer.ts';
import { isOfOtherSystem, OtherSystems } from './other-system.ts';
import { type FollowDirectory, Owners } from './owners.ts';
import { PackageList } from './package-list.ts';

/** A file of the squashed image with what its cataloguers found. */
export interface FileFacts {
  readonly path: string;
  /** diffID of its layer; absent for a directory. */
  readonly layer?: string;
  readonly found: readonly Found[];
}

/** What is inside an image. */
export interface Inventory {
  readonly os?: OperatingSystem;
  /** Sorted by purl. A purl comes twice only for old npm names that differ in case alone. */
  readonly packages: readonly Package[];
  readonly problems: readonly Problem[];
  /** Red Hat's names of the repositories that all packages together are from, sorted; absent where the image does not say. */
  readonly contentSets?: readonly string[];
}

/**
 * Joins what single files say into the packages of the image: which distribution, who owns what, the same package in two places.
 * @param files Is empty afterwards: what is joined is let go, since as many packages as an image may have fit the memory budget only
 *   once. Its order does not count.
 * @param follow Package databases write `/bin/bash` where `/bin` is a link to `/usr/bin`.
 */
export function joinFacts(files: FileFacts[], follow: FollowDirectory = (path) => path): Inventory {
  const system = findSystem(files);
  const owners = new Owners(files, follow);
  const packages = new PackageList(system, owners, findRepositories(files));
  const contentSets = findContentSets(files);
  const problems: Problem[] = [];
  // Of two files that say different things of one package, the first counts, whichever way the image came in.
  files.sort((a, b) => compareText(b.path, a.path) || compareText(b.layer ?? '', a.layer ?? ''));
  for (let file = files.pop(); file !== undefined; file = files.pop()) {
    const { path, layer, found } = file;
    const location: Location = layer === undefined ? { path } : { path, layer };
    const others = new OtherSystems();
    for (const item of found) {
      if (item.kind === 'package') {
        if (isOfOtherSystem(item, system)) others.add(item);
        else if (!owners.names(item, path)) packages.add(item, location);
      } else if (item.kind === 'problem') {
        const { unlessOwned: _unlessOwned, ...problem } = item;
        if (owners.names(item, path)) continue;
        problems.push({ ...problem, where: { ...problem.where, path, ...(layer ? { layer } : {}) } });
      }
    }
    const other = others.toProblem(location, system);
    if (other !== undefined) problems.push(other);
  }
  return {
    ...(system ? { os: system } : {}),
    packages: packages.toSorted(),
    problems,
    ...(contentSets.length > 0 ? { contentSets } : {}),
  };
}

function findSystem(files: readonly FileFacts[]): OperatingSystem | undefined {
  let best: Extract<Found, { kind: 'system' }> | undefined;
  for (const { found } of files) {
    for (const item of found) if (item.kind === 'system' && (best === undefined || item.rank < best.rank)) best = item;
  }
  return best?.system;
}

function findContentSets(files: readonly FileFacts[]): string[] {
  const names = new Set<string>();
  for (const { found } of files)
    for (const item of found) if (item.kind === 'content-sets') for (const name of item.names) names.add(name);
  return [...names].sort();
}

/** Repository of each package that a package manager remembers, as `rpm bash 5.1.8-6.el9 x86_64`. */
function findRepositories(files: readonly FileFacts[]): Map<string, string> {
  const repositories = new Map<string, string>();
  for (const { found } of files) {
    for (const item of found) {
      if (item.kind === 'from-repository')
        for (const key of item.packages) repositories.set(`${item.type} ${key}`, item.repository);
    }
  }
  return repositories;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
