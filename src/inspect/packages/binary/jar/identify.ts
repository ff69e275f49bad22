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
  // What other tools than Maven built says nothing of itself, only of what was shaded into it.
  const isKnown = own.group === undefined || poms.some(({ artifact }) => artifact === own.artifact);
  return isKnown ? poms : [...poms, own];
}
