import { accessBytes } from '../../base/bytes/random-access.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Ownership } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import type { Cataloguer, Found, ReadPackages } from './cataloguer.ts';
import type { FileSelector } from './file-selector.ts';

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
  #count = 0;

  constructor(selector: FileSelector, limits: Limits) {
    this.#selector = selector;
    this.#limits = limits;
  }

  wants(path: string): number {
    return this.#selector.wants(path);
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

  async #load(cataloguers: readonly Cataloguer[]): Promise<void> {
    for (const cataloguer of cataloguers) this.#readers.set(cataloguer, await loadReader(cataloguer));
  }

  #read(path: string, bytes: Buffer, cataloguers: readonly Cataloguer[]): void {
    const found: Found[] = [];
    const problems = new ProblemList(this.#limits.maxProblemsPerFile);
    for (const cataloguer of cataloguers) {
      if (bytes.length > cataloguer.maxBytes) problems.add(tooLarge(path, bytes.length, cataloguer));
      else
        for (const item of this.#readers.get(cataloguer)!({ path, bytes }, this.#limits)) {
          if (item.kind === 'problem') problems.add(item);
          else if (item.kind === 'ownership') this.#keepOwned(item, found);
          else found.push(item);
        }
    }
    this.#keep(path, [...problems.toArray(), ...found]);
  }

  #keepOwned(item: Ownership, found: Found[]): void {
    const paths = item.paths.filter((path) => this.#selector.wants(path) > 0);
    if (paths.length > 0) found.push({ ...item, paths });
  }

  #keep(path: string, found: readonly Found[]): void {
    this.#count += unitsOf(path.length);
    for (const item of found) this.#count += weightOf(item);
    if (this.#count > this.#limits.maxPackages) throw tooManyPackages(this.#limits);
    this.facts.set(path, found);
  }
}

async function loadReader({ load, loadLarge }: Cataloguer): Promise<ReadPackages> {
  if (load) return load();
  const read = await loadLarge!();
  return ({ path, bytes }, limits) => read({ path, content: accessBytes(bytes) }, limits);
}

/** Of characters that cost as much memory as a package does. */
const charactersPerUnit = 512;

function unitsOf(characters: number): number {
  return Math.floor(characters / charactersPerUnit);
}

/** What something takes of `maxPackages`: 1, and more where its texts or lists are long. */
function weightOf(item: Found): number {
  if (item.kind === 'ownership')
    return item.paths.length + unitsOf(item.paths.reduce((sum, { length }) => sum + length, 0));
  if (item.kind !== 'package') return 1;
  const { name, version, source, licenses = [], maintainer = '', origin = '', modularity = '' } = item;
  const single = name.length + version.length + (source ? source.name.length + source.version.length : 0);
  const rest = licenses.reduce(
    (sum, { length }) => sum + length,
    maintainer.length + origin.length + modularity.length,
  );
  return 1 + unitsOf(single + rest);
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
