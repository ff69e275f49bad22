import type { FoundPackage } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import type { Found } from './cataloguer.ts';
import { isNamedWithinDistribution } from './distribution-purl.ts';

/** The directory that a path leads to, links followed; the path itself where there is no link, or nothing. */
export type FollowDirectory = (path: string) => string;

/** Whose the files of an image are, by what package databases and manifests say. */
export class Owners {
  /** By path, as `deb/python3-pip`: packages of the distribution, which mends and rates what it brings. */
  readonly #packages = new Map<string, string>();
  /** Files that the manifest of an application names. */
  readonly #named = new Set<string>();
  readonly #folders = new Set<string>();
  /** Directories that were followed before: a database lists thousands of files in each. */
  readonly #followed = new Map<string, string>();

  /** @param follow Package databases write `/bin/bash` where `/bin` is a link to `/usr/bin`. */
  constructor(files: readonly { readonly found: readonly Found[] }[], follow: FollowDirectory) {
    for (const { found } of files)
      for (const item of found) {
        if (item.kind !== 'ownership') continue;
        if (item.folder !== undefined) this.#folders.add(item.folder);
        const owner = isNamedWithinDistribution(item.type) ? `${item.type}/${item.owner}` : undefined;
        for (const path of item.paths) this.#add(followPath(path, follow, this.#followed), owner);
      }
  }

  /** The package of the distribution that a file belongs to. */
  of(path: string): string | undefined {
    return this.#packages.get(path);
  }

  /** Whether others name what a file holds: always better where it says so itself, and for assemblies of .NET by their application. */
  names(item: FoundPackage | Problem, path: string): boolean {
    if (item.kind === 'package' && item.type === 'nuget' && this.#named.has(path)) return true;
    return item.unlessOwned === true && (this.#packages.has(path) || this.#isBelowFolder(path));
  }

  /** Of several that claim a file, the order in which they come must not decide. */
  #add(path: string, owner: string | undefined): void {
    if (owner === undefined) this.#named.add(path);
    else if (owner < (this.#packages.get(path) ?? '\uffff')) this.#packages.set(path, owner);
  }

  #isBelowFolder(path: string): boolean {
    if (this.#folders.size === 0) return false;
    for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1))
      if (this.#folders.has(path.slice(0, cut))) return true;
    return false;
  }
}

function followPath(path: string, follow: FollowDirectory, followed: Map<string, string>): string {
  const cut = path.lastIndexOf('/');
  if (cut < 0) return path;
  const directory = path.slice(0, cut);
  const target = followed.get(directory) ?? follow(directory);
  followed.set(directory, target);
  return target === directory ? path : `${target}${path.slice(cut)}`;
}
