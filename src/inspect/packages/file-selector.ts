import { isProgram } from '../../base/bytes/program/head.ts';
import type { Cataloguer, FilePattern } from './cataloguer.ts';
import { mayBeProgram } from './program-path.ts';

type Rule = { readonly cataloguer: Cataloguer; readonly folder?: string; readonly test?: (path: string) => boolean };

type SuffixRule = Rule & { readonly suffix: string };

/** Tells which cataloguers want a file: as a whole, or to be read where it lies. */
export class FileSelector {
  readonly #index: PatternIndex;
  readonly #programs: readonly Cataloguer[];
  /** A file is asked about several times in a row, and nearly all are wanted by none. */
  #last: { readonly path: string; readonly named: readonly Cataloguer[] } = { path: '', named: none };

  constructor(cataloguers: readonly Cataloguer[]) {
    this.#index = new PatternIndex(cataloguers);
    this.#programs = cataloguers.filter(({ programs }) => programs === true);
  }

  /** The cataloguers that read the whole file at this path, in their list's order. */
  select(path: string): readonly Cataloguer[] {
    const named = this.#named(path);
    return named.length === 0 ? named : named.filter(({ load }) => load !== undefined);
  }

  /** Those that read the file where it lies, by its path or its first bytes. */
  selectLarge(path: string, head: Buffer): readonly Cataloguer[] {
    const named = this.#named(path).filter(({ loadLarge }) => loadLarge !== undefined);
    return this.wantsPeek(path) && isProgram(head) ? [...new Set([...named, ...this.#programs])] : named;
  }

  /** Most bytes that any of them reads of the whole file at this path; 0 if none wants it. */
  wants(path: string): number {
    return mostBytes(this.select(path));
  }

  /** The same of those that read the file where it lies, by its path. */
  wantsLarge(path: string): number {
    const named = this.#named(path);
    return named.length === 0 ? 0 : mostBytes(named.filter(({ loadLarge }) => loadLarge !== undefined));
  }

  /** So many first bytes of the file at this path are enough, for those that read it where it lies; undefined where one needs all. */
  wantsStart(path: string): number | undefined {
    const starts = this.#named(path).flatMap(({ loadLarge, startBytes }) => (loadLarge ? [startBytes] : []));
    return starts.includes(undefined) || starts.length === 0 ? undefined : Math.max(...starts.map(Number));
  }

  /** Whether the first bytes of the file at this path are worth a look. */
  wantsPeek(path: string): boolean {
    return this.#programs.length > 0 && mayBeProgram(path);
  }

  /** The same as `wantsLarge` by its first bytes. */
  wantsHead(head: Buffer): number {
    return isProgram(head) ? mostBytes(this.#programs) : 0;
  }

  /** Whether any wants the file at this path, whatever is in it. */
  wantsName(path: string): boolean {
    return this.#named(path).length > 0;
  }

  /** Whether all that want the file at one path would have read it at another. */
  readsAlike(path: string, other: string): boolean {
    const readers = this.#named(other);
    return this.#named(path).every((cataloguer) => readers.includes(cataloguer));
  }

  /** Whether a file at both paths is one program, archive or database, which is told by its content: one reading is enough. */
  readsOnce(path: string, other: string): boolean {
    return this.select(path).length === 0 && this.readsAlike(path, other);
  }

  #named(path: string): readonly Cataloguer[] {
    if (this.#last.path !== path) this.#last = { path, named: this.#index.select(path) };
    return this.#last.named;
  }
}

function mostBytes(cataloguers: readonly Cataloguer[]): number {
  let most = 0;
  for (const { maxBytes } of cataloguers) if (maxBytes > most) most = maxBytes;
  return most;
}

/** Cataloguers by the patterns of their files. It is asked for each file of an image, so exact names come first. */
class PatternIndex {
  readonly #paths = new Map<string, Rule[]>();
  readonly #names = new Map<string, Rule[]>();
  /** Without a folder, by the last letter of the suffix. */
  readonly #suffixes = new Map<string, SuffixRule[]>();
  /** With a folder, by its last name. */
  readonly #folders = new Map<string, SuffixRule[]>();

  constructor(cataloguers: readonly Cataloguer[]) {
    for (const cataloguer of cataloguers) for (const pattern of cataloguer.files) this.#add(cataloguer, pattern);
  }

  /** The cataloguers that read the file at this path, in their list's order. */
  select(path: string): readonly Cataloguer[] {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (!this.#mayWant(path, name)) return none;
    const found: Cataloguer[] = [];
    addMatching(found, path, this.#paths.get(path));
    addMatching(found, path, this.#names.get(name));
    for (const rules of this.#suffixesFor(path, name)) {
      const fitting = rules?.filter((rule) => name.endsWith(rule.suffix) && isInFolder(path, name, rule.folder));
      addMatching(found, path, fitting);
    }
    return found;
  }

  /** Nearly all of some hundred thousand paths end here. */
  #mayWant(path: string, name: string): boolean {
    if (this.#names.has(name) || this.#paths.has(path)) return true;
    for (const rules of this.#suffixesFor(path, name)) {
      if (rules === undefined) continue;
      for (const rule of rules) if (name.endsWith(rule.suffix) && isInFolder(path, name, rule.folder)) return true;
    }
    return false;
  }

  #suffixesFor(path: string, name: string): (readonly SuffixRule[] | undefined)[] {
    const end = path.length - name.length - 1;
    const folder = path.slice(path.lastIndexOf('/', end - 1) + 1, Math.max(end, 0));
    return [this.#suffixes.get(name.slice(-1)), this.#folders.get(folder)];
  }

  #addSuffix(rule: SuffixRule): void {
    if (rule.folder === undefined) append(this.#suffixes, rule.suffix.slice(-1), rule);
    else append(this.#folders, rule.folder.slice(rule.folder.lastIndexOf('/') + 1), rule);
  }

  #add(cataloguer: Cataloguer, pattern: FilePattern): void {
    if ('path' in pattern) append(this.#paths, pattern.path, { cataloguer });
    else if ('name' in pattern) append(this.#names, pattern.name, { cataloguer, ...testOf(pattern) });
    else if ('suffix' in pattern) this.#addSuffix({ cataloguer, ...pattern });
    else {
      const cut = pattern.pathSuffix.lastIndexOf('/');
      const ends = (path: string) => path === pattern.pathSuffix || path.endsWith(`/${pattern.pathSuffix}`);
      append(this.#names, pattern.pathSuffix.slice(cut + 1), {
        cataloguer,
        test: (path) => ends(path) && (pattern.test?.(path) ?? true),
      });
    }
  }
}

const none: readonly Cataloguer[] = [];

function addMatching(found: Cataloguer[], path: string, rules: readonly Rule[] | undefined): void {
  for (const { cataloguer, test } of rules ?? []) {
    if (!found.includes(cataloguer) && (test === undefined || test(path))) found.push(cataloguer);
  }
}

function append<R>(map: Map<string, R[]>, key: string, rule: R): void {
  const rules = map.get(key);
  if (rules === undefined) map.set(key, [rule]);
  else rules.push(rule);
}

function testOf(pattern: { readonly test?: (path: string) => boolean }): { test?: (path: string) => boolean } {
  return pattern.test ? { test: pattern.test } : {};
}

/** Whether the folder of a path is `folder`, or ends in it after a slash. */
function isInFolder(path: string, name: string, folder: string | undefined): boolean {
  if (folder === undefined) return true;
  const start = path.length - name.length - 1 - folder.length;
  return (
    start >= 0 &&
    path.startsWith(folder, start) &&
    path[start + folder.length] === '/' &&
    (start === 0 || path[start - 1] === '/')
  );
}
