import type { Coordinates } from './coordinates.ts';
import { isWithoutCode } from './file-name.ts';
import type { Manifest } from './manifest.ts';
import { coordinatesOf } from './manifest-coordinates.ts';

/** What one archive says of itself, without those inside it. */
export interface ArchiveFacts {
  /** Its file name without folders and suffix. */
  readonly stem: string;
  /** Of itself and of what was shaded into it. */
  readonly poms: readonly Coordinates[];
  readonly manifest: Manifest;
}

/** The artifacts of one archive; none where it does not say. */
export function identify({ stem, poms, manifest }: ArchiveFacts): readonly Coordinates[] {
  if (poms.length === 0 && isWithoutCode(stem)) return [];
  const own = coordinatesOf(stem, manifest);
  if (own === undefined) return poms;
  if (poms.length === 0) return [own];
  return poms.some((pom) => isSame(pom, own)) ? poms : [own, ...poms];
}

/**
 * Whether Maven's word is on the archive itself, which may have been renamed. What other tools built says nothing of itself, only of
 * what was shaded into it.
 */
function isSame(pom: Coordinates, own: Coordinates): boolean {
  const [told, named] = [pom.artifact.toLowerCase(), own.artifact.toLowerCase()];
  return told.includes(named) || named.includes(told) || numbersOf(pom.version) === numbersOf(own.version);
}

/** Bundles write 1.2.0 for 1.2. */
function numbersOf(version: string): string | undefined {
  return /^\d{1,20}(?:\.\d{1,20}){0,10}/.exec(version)?.[0].replace(/(?:\.0)+$/, '');
}
