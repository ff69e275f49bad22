import type { RandomAccess } from '../../base/bytes/random-access.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Ownership } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import type { Cataloguer, Found, ReadLargePackages, ReadPackages } from './cataloguer.ts';
import type { FileSelector } from './file-selector.ts';
import { weightOfFile } from './found-weight.ts';

/** What was found in the files of one layer or directory, by path. */
export type Facts = ReadonlyMap<string, readonly Found[]>;

/**
 * Takes the files of one layer as they stream by and keeps what their cataloguers find. Of owned files only those are kept
 * that a cataloguer reads: a database lists hundreds of thousands.
 */
export class FactReader {
  readonly facts = new Map<string, readonly Found[]>();
  readonly #selector: FileSelector;
  readonly #limits: Limits;
  readonly #readers = new Map<Cataloguer, ReadPackages>();
  readonly #largeReaders = new Map<Cataloguer, ReadLargePackages>();
  #count = 0;

  constructor(selector: FileSelector, limits: Limits) {
    this.#selector = selector;
    this.#limits = limits;
  }

  wants(path: string): number {
    return this.#selector.wants(path);
  }

  wantsLarge(path: string): number {
    return this.#selector.wantsLarge(path);
  }

  wantsStart(path: string): number | undefined {
    return this.#selector.wantsStart(path);
  }

  wantsPeek(path: string): boolean {
    return this.#selector.wantsPeek(path);
  }

  wantsHead(head: Buffer): number {
    return this.#selector.wantsHead(head);
  }

  forget(path: string): void {
    this.facts.delete(path);
  }

  take(path: string, bytes: Buffer): void | Promise<void> {
    const cataloguers = this.#selector.select(path);
    const missing = cataloguers.filter((cataloguer) => !this.#readers.has(cataloguer));
    if (missing.length > 0) return this.#load(missing).then(() => this.#read(path, bytes, cataloguers));
    this.#read(path, bytes, cataloguers);
  }

  takeLarge(path: string, content: RandomAccess): void | Promise<void> {
    const cataloguers = this.#selector.selectLarge(path, content.read(0, 16));
    const missing = cataloguers.filter((cataloguer) => !this.#largeReaders.has(cataloguer));
    if (missing.length > 0) return this.#load(missing).then(() => this.#readLarge(path, content, cataloguers));
    this.#readLarge(path, content, cataloguers);
  }

  async #load(cataloguers: readonly Cataloguer[]): Promise<void> {
    for (const cataloguer of cataloguers) {
      if (cataloguer.load) this.#readers.set(cataloguer, await cataloguer.load());
      if (cataloguer.loadLarge) this.#largeReaders.set(cataloguer, await cataloguer.loadLarge());
    }
  }

  #read(path: string, bytes: Buffer, cataloguers: readonly Cataloguer[]): void {
    const read = (cataloguer: Cataloguer) => this.#readers.get(cataloguer)!({ path, bytes }, this.#limits);
    this.facts.set(path, this.#collect(path, bytes.length, cataloguers, read));
  }

  /** Most programs hold nothing that is known: of those nothing is kept. */
  #readLarge(path: string, content: RandomAccess, cataloguers: readonly Cataloguer[]): void {
    const read = (cataloguer: Cataloguer) => this.#largeReaders.get(cataloguer)!({ path, content }, this.#limits);
    const found = this.#collect(path, content.size, cataloguers, read);
    const known = this.facts.get(path) ?? [];
    if (found.length > 0 || this.#selector.wantsLarge(path) > 0) this.facts.set(path, [...known, ...found]);
  }

  #collect(
    path: string,
    size: number,
    cataloguers: readonly Cataloguer[],
    read: (cataloguer: Cataloguer) => Iterable<Found>,
  ): Found[] {
    const found: Found[] = [];
    const problems = new ProblemList(this.#limits.maxProblemsPerFile);
    for (const cataloguer of cataloguers) {
      if (size > cataloguer.maxBytes) problems.add(tooLarge(path, size, cataloguer));
      else {
        for (const item of read(cataloguer)) {
          if (item.kind === 'problem') problems.add(item);
          else if (item.kind === 'ownership') this.#keepOwned(item, found);
          else found.push(item);
        }
        const folder = found.length > 0 ? cataloguer.ownedFolder?.(path) : undefined;
        if (folder !== undefined)
          found.push({ kind: 'ownership', type: cataloguer.id, owner: path, paths: [], folder });
      }
    }
    const all = [...problems.toArray(), ...found];
    this.#count += weightOfFile(path, all);
    if (this.#count > this.#limits.maxPackages) throw tooManyPackages(this.#limits);
    return all;
  }

  #keepOwned(item: Ownership, found: Found[]): void {
    const paths = item.paths.filter((path) => this.#selector.wantsName(path) || this.#selector.wantsPeek(path));
    if (paths.length > 0) found.push({ ...item, paths });
  }
}

/** The error for an image whose files name more packages, or have more problems, than are held in memory. */
export function tooManyPackages({ maxPackages }: Limits): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `Its files name more than ${maxPackages} packages, or are that often damaged. Scan a part of it, such as one directory.`,
  );
}

function tooLarge(path: string, size: number, { id, maxBytes }: Cataloguer): Problem {
  const message = `${path} has ${size} bytes, more than the ${maxBytes} that ${id} reads; what it lists is missing.`;
  return { kind: 'problem', where: { path }, code: 'too-large', message };
}
