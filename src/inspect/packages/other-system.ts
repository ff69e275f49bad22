import { ecosystemOfPackage } from '../../base/ecosystems.ts';
import type { Distribution, FoundPackage, Location, OperatingSystem } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';

const shownSystems = 3;

/**
 * The system that a package is of: the image's own, unless a bill of materials or a snap names another. Where either leaves the release
 * of the image's own distribution open, it is that.
 */
export function systemOf(
  { type, distribution }: Pick<FoundPackage, 'type' | 'distribution'>,
  system: OperatingSystem | undefined,
): OperatingSystem | undefined {
  if (distribution === undefined) return system;
  if (system !== undefined && isSameSystem(type, distribution, system)) return system;
  return { ...distribution, idLike: [], path: '' };
}

/** Whether a package is only named, as one of another system than the image's. */
export function isOfOtherSystem(found: FoundPackage, system: OperatingSystem | undefined): boolean {
  const { state, distribution } = found;
  return (
    system !== undefined && state === 'declared' && distribution !== undefined && systemOf(found, system) !== system
  );
}

/** Releases count, not the texts that say them: `12.4` is `12`. What has no known release must say the same text. */
function isSameSystem(type: string, distribution: Distribution, system: OperatingSystem): boolean {
  const row = ecosystemOfPackage(type, system);
  const { id, versionId = system.versionId ?? '' } = distribution;
  const named = { ...distribution, versionId, idLike: [], path: '' };
  const isSameRow = row !== undefined && (row.purlNamespace === id || row === ecosystemOfPackage(type, named));
  if (id !== system.id && !isSameRow) return false;
  if (versionId === (system.versionId ?? '') || (row !== undefined && row.release === undefined)) return true;
  if (row?.release === undefined)
    return versionId === '' || isWithin(versionId, system.versionId) || isWithin(system.versionId, versionId);
  return row.release({ ...named, id: system.id }) === row.release(system);
}

/** `8.9` is within `8`. */
function isWithin(version = '', release = ''): boolean {
  return release !== '' && version.startsWith(`${release}.`);
}

/** What one bill of materials names of other systems, counted. */
export class OtherSystems {
  readonly #names = new Set<string>();
  #count = 0;

  add({ distribution }: FoundPackage): void {
    this.#count++;
    if (distribution !== undefined && this.#names.size <= shownSystems) this.#names.add(nameOf(distribution));
  }

  /** Tells that they are not listed; undefined where there are none. */
  toProblem(where: Location, own: OperatingSystem | undefined): Problem | undefined {
    if (this.#count === 0 || own === undefined) return undefined;
    const names = [...this.#names].slice(0, shownSystems).join(', ') + (this.#names.size > shownSystems ? ' …' : '');
    const packages = this.#count === 1 ? '1 package is' : `${this.#count} packages are`;
    const message = `In ${where.path.slice(where.path.lastIndexOf('/') + 1)}: ${packages} of another system (${names}; this image is ${nameOf(own)}) and not listed; scan the image that it describes by itself.`;
    return { kind: 'problem', where, code: 'other-system', message };
  }
}

/** `debian 12`. */
function nameOf({ id, versionId }: Distribution): string {
  return versionId ? `${id.slice(0, 64)} ${versionId.slice(0, 64)}` : id.slice(0, 64);
}
