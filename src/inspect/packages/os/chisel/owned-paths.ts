import type { Ownership } from '../../../../base/model/package.ts';

/** Owned files that are held at once: what nobody reads of them is dropped as they come. */
const maxPathsTogether = 10_000;

/** Paths by the package that owns them, of a list that is sorted by path. */
export class OwnedPaths {
  readonly #paths = new Map<string, string[]>();
  #count = 0;

  /** What has to be let go to hold one more path. Folders are nobody's. */
  *add(owner: string | undefined, path: string): Generator<Ownership> {
    if (!owner || path.endsWith('/') || !path.startsWith('/')) return;
    const paths = this.#paths.get(owner);
    if (paths === undefined) this.#paths.set(owner, [path.slice(1)]);
    else paths.push(path.slice(1));
    if (++this.#count >= maxPathsTogether) yield* this.takeAll();
  }

  *takeAll(): Generator<Ownership> {
    for (const [owner, paths] of this.#paths) yield { kind: 'ownership', type: 'deb', owner, paths };
    this.#paths.clear();
    this.#count = 0;
  }
}
