import { type Ecosystem, ecosystemOfPackage, isDistributionType } from '../../base/ecosystems.ts';
import type { FoundPackage, Location, OperatingSystem, Package } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import { toPurl } from '../../base/purl.ts';
import type { Found } from './cataloguer.ts';

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
}

/** Joins what single files say into the packages of the image: which distribution, who owns what, the same package in two places. */
export function joinFacts(files: readonly FileFacts[]): Inventory {
  const system = findSystem(files);
  const owners = findOwners(files);
  const packages = new Map<string, Draft>();
  const problems: Problem[] = [];
  for (const { path, layer, found } of files) {
    const location: Location = layer === undefined ? { path } : { path, layer };
    for (const item of found) {
      if (item.kind === 'package') addPackage(packages, item, location, system);
      else if (item.kind === 'problem')
        problems.push({ ...item, where: { ...item.where, path, ...(layer ? { layer } : {}) } });
    }
  }
  const sorted = [...packages.values()].sort((a, b) => compareText(a.purl, b.purl));
  return { ...(system ? { os: system } : {}), packages: sorted.map((draft) => toPackage(draft, owners)), problems };
}

interface Draft {
  readonly purl: string;
  readonly found: FoundPackage;
  readonly ecosystem: Ecosystem | undefined;
  readonly system: OperatingSystem | undefined;
  readonly installed: boolean;
  readonly development: boolean;
  readonly locations: Location[];
}

/** An installed package says more than a lock; where any place has none, there is no other origin than the registry. */
function preferred(known: FoundPackage | undefined, found: FoundPackage): FoundPackage {
  if (known === undefined) return found;
  const best = known.state !== 'installed' && found.state === 'installed' ? found : known;
  if (best.origin === undefined || (known.origin !== undefined && found.origin !== undefined)) return best;
  const { origin: _origin, ...published } = best;
  return published;
}

function findSystem(files: readonly FileFacts[]): OperatingSystem | undefined {
  let best: Extract<Found, { kind: 'system' }> | undefined;
  for (const { found } of files) {
    for (const item of found) if (item.kind === 'system' && (best === undefined || item.rank < best.rank)) best = item;
  }
  return best?.system;
}

/** Owner of each file that a package database lists, as `deb/python3-pip`. */
function findOwners(files: readonly FileFacts[]): Map<string, string> {
  const owners = new Map<string, string>();
  for (const { found } of files) {
    for (const item of found) {
      if (item.kind === 'ownership') for (const path of item.paths) owners.set(path, `${item.type}/${item.owner}`);
    }
  }
  return owners;
}

function addPackage(
  packages: Map<string, Draft>,
  found: FoundPackage,
  location: Location,
  system: OperatingSystem | undefined,
): void {
  const ecosystem = ecosystemOfPackage(found.type, system);
  const purl = purlOf(found, ecosystem, system);
  // Old npm packages may differ in case alone, which a purl does not show.
  const key = `${purl} ${found.name}`;
  const known = packages.get(key);
  const draft: Draft = {
    purl,
    found: preferred(known?.found, found),
    ecosystem,
    system,
    installed: found.state === 'installed' || (known?.installed ?? false),
    development: (found.development ?? false) && (known?.development ?? true),
    locations: known?.locations ?? [],
  };
  draft.locations.push(location);
  packages.set(key, draft);
}

/** Packages of a distribution are named within it; of a language, within what stands before the last slash of their name. */
function purlOf(found: FoundPackage, ecosystem: Ecosystem | undefined, system: OperatingSystem | undefined): string {
  const { type, name, version, architecture } = found;
  if (isDistributionType(type)) {
    const namespace = ecosystem?.purlNamespace ?? system?.id;
    const distro = system && (system.versionId ? `${system.id}-${system.versionId}` : system.id);
    const qualifiers = { ...(architecture ? { arch: architecture } : {}), ...(distro ? { distro } : {}) };
    return toPurl({ type, ...(namespace ? { namespace } : {}), name, version, qualifiers });
  }
  const slash = name.lastIndexOf('/');
  return toPurl({
    type,
    ...(slash > 0 ? { namespace: name.slice(0, slash) } : {}),
    name: name.slice(slash + 1),
    version,
  });
}

function toPackage(
  { purl, found, ecosystem, system, installed, development, locations }: Draft,
  owners: ReadonlyMap<string, string>,
): Package {
  const { kind: _kind, development: _development, ...facts } = found;
  const release = system && ecosystem?.release?.(system);
  const places = locations.toSorted((a, b) => compareText(a.path, b.path) || compareText(a.layer ?? '', b.layer ?? ''));
  const owner = ownerOf(places, owners);
  return {
    purl,
    ecosystem: ecosystem?.osv ?? found.type,
    ...(release ? { release } : {}),
    ...facts,
    state: installed ? 'installed' : 'declared',
    ...(development ? { development } : {}),
    ...(owner ? { ownedBy: owner } : {}),
    locations: places,
  };
}

/** A package is an OS package's only if every place that it was found in is; of several owners, that of the first place. */
function ownerOf(locations: readonly Location[], owners: ReadonlyMap<string, string>): string | undefined {
  const found = locations.map(({ path }) => owners.get(path));
  return found.includes(undefined) ? undefined : found[0];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
