import type { Package } from '../base/model/package.ts';

/** Each package whose files belong to an OS package that is there itself: the places of owner and owned in the list. */
export function* toOwnerships(packages: readonly Package[]): Generator<readonly [owner: number, owned: number]> {
  const wanted = new Set(packages.flatMap(({ ownedBy }) => ownedBy ?? []));
  const owners = new Map<string, number>();
  for (const [place, { type, name }] of packages.entries()) {
    const key = `${type}/${name}`;
    // Of one for several architectures the first: which of them brought the file is not known.
    if (wanted.has(key) && !owners.has(key)) owners.set(key, place);
  }
  for (const [place, { ownedBy }] of packages.entries()) {
    const owner = ownedBy === undefined ? undefined : owners.get(ownedBy);
    if (owner !== undefined && owner !== place) yield [owner, place];
  }
}
