import { type Ecosystem, ecosystemOfPackage } from '../../base/ecosystems.ts';
import type { FoundPackage, Location, OperatingSystem, Package } from '../../base/model/package.ts';
import { toPurl, toPurlName } from '../../base/purl.ts';
import { isNamedWithinDistribution, toDistributionPurl } from './distribution-purl.ts';
import { findDoubles } from './doubles.ts';
import { systemOf } from './other-system.ts';
import type { Owners } from './owners.ts';

/** A package whose places are still being collected. */
type Growing = Package & { readonly locations: Location[] };

/** The packages of an image, each once however many files name it. A package that comes once, as most do, is made once. */
export class PackageList {
  readonly #packages = new Map<string, Growing>();
  readonly #system: OperatingSystem | undefined;
  readonly #owners: Owners;
  /** Places that only name a package. */
  readonly #declared = new Set<Location>();
  readonly #repositories: ReadonlyMap<string, string>;

  /**
   * @param repositories Where packages came from, by type, name, version and architecture.
   */
  constructor(
    system: OperatingSystem | undefined,
    owners: Owners,
    repositories: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#system = system;
    this.#owners = owners;
    this.#repositories = repositories;
  }

  add(found: FoundPackage, location: Location): void {
    const system = systemOf(found, this.#system);
    const ecosystem = ecosystemOfPackage(found.type, system);
    const purl = purlOf(found, ecosystem, system);
    if (found.state === 'declared') this.#declared.add(location);
    const key = this.#keyOf(purl, found);
    const known = this.#packages.get(key);
    if (known === undefined) {
      this.#packages.set(key, this.#make(purl, ecosystem, found, [location]));
      return;
    }
    known.locations.push(location);
    if (!saysMore(known, found)) return;
    const isBetter = isInstalledAfterAll(known, found) || isFuller(known, found);
    const made = isBetter ? this.#make(purl, ecosystem, found, known.locations) : known;
    this.#packages.set(key, merge(made, known, found));
  }

  /** All packages by purl; the list is empty afterwards. */
  toSorted(): Package[] {
    this.#mergeDoubles();
    const sorted: Package[] = [...this.#packages.values()].sort((a, b) => compareText(a.purl, b.purl));
    this.#packages.clear();
    for (const [place, item] of sorted.entries()) if (item.locations.length > 1) sorted[place] = this.#withPlaces(item);
    return sorted;
  }

  #mergeDoubles(): void {
    const doubles = findDoubles(this.#packages.values());
    if (doubles.size === 0) return;
    for (const [key, item] of this.#packages) {
      const known = doubles.get(item);
      if (known === undefined) continue;
      known.locations.push(...item.locations);
      this.#packages.delete(key);
      // The key of a distribution's package is its purl.
      if (known.licenses === undefined && item.licenses !== undefined)
        this.#packages.set(known.purl, { ...known, licenses: item.licenses });
    }
  }

  /** Old npm packages may differ in case alone, which a purl does not show. */
  #keyOf(purl: string, { type, name }: FoundPackage): string {
    const known = type === 'npm' ? this.#packages.get(purl) : undefined;
    return known === undefined || known.name === name ? purl : `${purl} ${name}`;
  }

  #make(purl: string, ecosystem: Ecosystem | undefined, found: FoundPackage, locations: Location[]): Growing {
    const {
      kind: _kind,
      purl: _purl,
      unlessOwned: _unlessOwned,
      distribution: _distribution,
      development,
      ...facts
    } = found;
    const system = systemOf(found, this.#system);
    const release = system && ecosystem?.release?.(system);
    const owner = this.#owners.of(locations[0]!.path);
    const repository = this.#repositoryOf(found);
    return {
      purl,
      ecosystem: ecosystem?.osv ?? found.type,
      ...(release ? { release } : {}),
      ...facts,
      ...(development ? { development } : {}),
      ...(repository ? { repository } : {}),
      ...(owner ? { ownedBy: owner } : {}),
      locations,
    };
  }

  #repositoryOf({ type, name, version, architecture }: FoundPackage): string | undefined {
    if (this.#repositories.size === 0) return undefined;
    return this.#repositories.get(`${type} ${name} ${version.replace(/^0:/, '')} ${architecture}`);
  }

  /**
   * A package is an OS package's only if every place that it is installed in is, whoever names it beside; of several owners, that of
   * the first place.
   */
  #withPlaces({ ownedBy: _ownedBy, locations, ...item }: Package): Package {
    const places = locations.toSorted(
      (a, b) => compareText(a.path, b.path) || compareText(a.layer ?? '', b.layer ?? ''),
    );
    const installed = places.filter((place) => !this.#declared.has(place));
    const owners = (installed.length > 0 ? installed : places).map(({ path }) => this.#owners.of(path));
    const owner = owners.includes(undefined) ? undefined : owners[0];
    return { ...item, ...(owner ? { ownedBy: owner } : {}), locations: places };
  }
}

/** Whether a further place changes what is known of a package. */
function saysMore(known: Package, found: FoundPackage): boolean {
  const isPublished = known.origin !== undefined && found.origin === undefined;
  const isNeeded = known.development === true && found.development !== true;
  const isLicensed = known.licenses === undefined && found.licenses !== undefined;
  return (
    isPublished ||
    isNeeded ||
    isLicensed ||
    isFuller(known, found) ||
    isInstalledAfterAll(known, found) ||
    isElsewhere(known, found)
  );
}

/** The distribution's database says more of a package than a note in one of its programs. */
function isFuller(known: Package, found: FoundPackage): boolean {
  return isNamedWithinDistribution(found.type) && known.maintainer === undefined && found.maintainer !== undefined;
}

/** An installed package says more than a lock. */
function isInstalledAfterAll(known: Package, found: FoundPackage): boolean {
  return known.state !== 'installed' && found.state === 'installed';
}

/** Whether a place has it from somewhere else where others have it beside themselves: that is not the project's own then. */
function isElsewhere({ origin }: Package, found: FoundPackage): boolean {
  return isLocal(origin) && found.origin !== undefined && !isLocal(found.origin);
}

function isLocal(origin: string | undefined): boolean {
  return origin?.startsWith('file:') === true;
}

/** Where any place has none, there is no other origin than the registry; what one place needs is not for development only. */
function merge({ origin: _origin, development, ...made }: Growing, known: Package, found: FoundPackage): Growing {
  const isForeign = known.origin !== undefined && found.origin !== undefined;
  const origin = isElsewhere(known, found) ? found.origin : known.origin;
  const licenses = made.licenses ?? known.licenses ?? found.licenses;
  return {
    ...made,
    ...(licenses ? { licenses } : {}),
    ...(origin !== undefined && isForeign ? { origin } : {}),
    ...(development && known.development && found.development ? { development } : {}),
  };
}

/** Packages of a distribution are named within it; of a language, within what their name begins with. */
function purlOf(found: FoundPackage, ecosystem: Ecosystem | undefined, system: OperatingSystem | undefined): string {
  const { type, name, version } = found;
  if (isNamedWithinDistribution(type)) return toDistributionPurl(found, ecosystem?.purlNamespace, system);
  const { namespace, name: last } = toPurlName(type, name);
  const segments = [found.purl?.namespace, namespace].filter((part) => part !== undefined);
  return toPurl({
    type,
    ...(segments.length > 0 ? { namespace: segments.join('/') } : {}),
    name: last,
    version,
    ...(found.purl?.qualifiers ? { qualifiers: found.purl.qualifiers } : {}),
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
