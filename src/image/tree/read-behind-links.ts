import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Problem, ProblemCode } from '../../base/model/problem.ts';
import type { FileTaker } from './layer-reading.ts';
import { notAFile } from './not-a-file.ts';
import { codeOf, isGone, readBounded, takeLargeFile } from './read-directory.ts';

/** Places to look at behind symbolic links. */
export interface LinkedPlaces {
  readonly paths: readonly string[];
  readonly folders: readonly string[];
  /** Of the paths, those where something that is no file is a problem. */
  readonly databases: readonly string[];
}

/**
 * Reads the files that symbolic links at these paths, or in the way to them, lead to, every link followed inside the root, and hands
 * each over under the path that was asked for. What cannot be read is answered.
 */
export async function readBehindLinks(
  root: string,
  { paths, folders, databases }: LinkedPlaces,
  taker: FileTaker,
  limits: Limits,
): Promise<Problem[]> {
  const reader = new LinkReader(root, taker, limits);
  const named = folders.flatMap((folder) => reader.namesBehind(folder));
  for (const path of [...paths, ...named]) await reader.read(path);
  for (const path of databases) reader.check(path);
  return reader.problems();
}

/** The directory that a path leads to, links followed inside the root; the path itself where it leads to none. */
export function followDirectory(root: string, path: string, { maxSymlinks }: Limits): string {
  try {
    return resolveInRoot(root, path, maxSymlinks, 'directory') ?? path;
  } catch {
    // What must not be read owns nothing that is read.
    return path;
  }
}

class LinkReader {
  readonly #root: string;
  readonly #taker: FileTaker;
  readonly #limits: Limits;
  /** One for each place: most paths that are asked for share their directories. */
  readonly #problems = new Map<string, Problem>();

  constructor(root: string, taker: FileTaker, limits: Limits) {
    this.#root = root;
    this.#taker = taker;
    this.#limits = limits;
  }

  problems(): Problem[] {
    return [...this.#problems.values()];
  }

  async read(path: string): Promise<void> {
    try {
      const target = resolveInRoot(this.#root, path, this.#limits.maxSymlinks, 'file');
      if (target !== undefined && target !== path) await this.#take(path, target);
    } catch (error) {
      this.#report(path, error);
    }
  }

  /** Tells of something at a path that is no file, and leads to none. */
  check(path: string): void {
    try {
      if (resolveInRoot(this.#root, path, this.#limits.maxSymlinks, 'file') !== undefined) return;
      const directory = resolveInRoot(this.#root, dirname(path), this.#limits.maxSymlinks, 'directory');
      if (directory === undefined) return;
      const place = join(directory, basename(path));
      const found = lstatSync(join(this.#root, place), { throwIfNoEntry: false });
      // A directory and a link to it give one database two paths.
      if (found !== undefined) this.#problems.set(place, notAFile({ path: place }, found.isSymbolicLink()));
    } catch (error) {
      this.#report(path, error);
    }
  }

  /** The names in a folder that is, or lies behind, a link. */
  namesBehind(folder: string): string[] {
    try {
      const target = resolveInRoot(this.#root, folder, this.#limits.maxSymlinks, 'directory');
      if (target === undefined || target === folder) return [];
      return readdirSync(join(this.#root, target)).map((name) => `${folder}/${name}`);
    } catch (error) {
      this.#report(folder, error);
      return [];
    }
  }

  async #take(path: string, target: string): Promise<void> {
    if (this.#taker.wantsLarge(path, 0) > 0) {
      const size = await takeLargeFile(join(this.#root, target), path, this.#taker, this.#limits);
      if (size !== undefined) this.#add(path, 'too-large', `has ${size} bytes, more than are read of such a file`);
    }
    const most = Math.min(this.#taker.wants(path, 0), this.#limits.maxFileBytes);
    if (most === 0) return;
    const bytes = await readBounded(join(this.#root, target), most);
    if (typeof bytes !== 'number') await this.#taker.take(path, bytes, 0);
    else this.#add(path, 'too-large', `has ${bytes} bytes, more than the ${most} that are read of such a file`);
  }

  #report(path: string, error: unknown): void {
    if (error instanceof PlimsollError) throw error;
    if (isGone(error)) return;
    // A directory that must not be searched is the place itself.
    const { syscall, path: failed } = error as NodeJS.ErrnoException;
    const place = syscall === 'lstat' && failed !== undefined ? relative(this.#root, dirname(failed)) : path;
    this.#add(place, 'unreadable', `cannot be read (${codeOf(error)})`);
  }

  #add(path: string, code: ProblemCode, what: string): void {
    const message = `/${path} ${what}; what it leads to is missing.`;
    this.#problems.set(path, { kind: 'problem', where: { path }, code, message });
  }
}

/** The path that a path leads to; undefined where it leads to nothing of that kind. Throws what the system says of a look-up. */
function resolveInRoot(
  root: string,
  path: string,
  maxSymlinks: number,
  kind: 'file' | 'directory',
): string | undefined {
  let done: string[] = [];
  let rest = path.split('/').reverse();
  let isDirectory = true;
  for (let links = 0; rest.length > 0; ) {
    const name = rest.pop()!;
    if (name === '' || name === '.') continue;
    if (name === '..') {
      done.pop();
      continue;
    }
    if (!isDirectory) return undefined;
    const found = lstatSync(join(root, ...done, name), { throwIfNoEntry: false });
    if (found === undefined) return undefined;
    if (!found.isSymbolicLink()) {
      done.push(name);
      isDirectory = found.isDirectory();
      if (rest.length === 0 && !(kind === 'file' ? found.isFile() : isDirectory)) return undefined;
      continue;
    }
    if (++links > maxSymlinks) return undefined;
    const target = readlinkSync(join(root, ...done, name));
    if (target.startsWith('/')) done = [];
    rest = [...rest, ...target.split('/').reverse()];
  }
  return done.join('/');
}
