import { closeSync, constants, type Dirent, fstatSync, lstatSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { accessFile } from '../../base/bytes/file-access.ts';
import { PlimsollError, toMessage } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Problem, ProblemCode } from '../../base/model/problem.ts';
import { ProblemList } from '../../base/problem-list.ts';
import { type FileTaker, headBytes } from './layer-reading.ts';
import { notAFile } from './not-a-file.ts';

export interface ReadDirectoryOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Called now and then with the entries seen so far. */
  readonly onEntries?: (entries: number) => void;
}

/** How long a walk keeps the process to itself. */
const breathMs = 50;

/** Kinds of file system that hold no files of the system itself. */
const kernelFileSystems = new Set(
  'proc sysfs devtmpfs devpts cgroup cgroup2 mqueue debugfs tracefs securityfs bpf pstore configfs fusectl hugetlbfs binfmt_misc autofs nsfs rpc_pipefs efivarfs'.split(
    ' ',
  ),
);

/**
 * Walks a root file system in a directory and hands over wanted files. Links are not followed, so nothing outside the root is
 * read; file systems of the kernel are passed over.
 */
export async function readDirectory(
  root: string,
  taker: FileTaker,
  options: ReadDirectoryOptions,
): Promise<{ count: number; problems: Problem[] }> {
  const walk = new DirectoryWalk(root, taker, options);
  await walk.run();
  return { count: walk.count, problems: walk.problems.toArray() };
}

class DirectoryWalk {
  readonly problems: ProblemList;
  count = 0;
  readonly #root: string;
  readonly #taker: FileTaker;
  readonly #options: ReadDirectoryOptions;
  readonly #skip: ReadonlySet<string>;
  #breathed = performance.now();

  constructor(root: string, taker: FileTaker, options: ReadDirectoryOptions) {
    this.#root = root;
    this.#taker = taker;
    this.#options = options;
    // With the one that counts those past the bound, they are no more than the bound.
    this.problems = new ProblemList(options.limits.maxProblems - 1);
    this.#skip = kernelMounts(root);
  }

  async run(): Promise<void> {
    const waiting = [''];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      if (this.#needsBreath()) await this.#breathe();
      for (const entry of this.#list(path)) {
        if (this.#needsBreath()) await this.#breathe();
        const below = path === '' ? entry.name : `${path}/${entry.name}`;
        if (++this.count > this.#options.limits.maxEntries)
          return this.#report(
            '',
            'too-many',
            `More than ${this.#options.limits.maxEntries} files; the rest was not read.`,
          );
        if (entry.isDirectory()) this.#descend(waiting, below);
        else if (entry.isFile()) await this.#takeIfWanted(below);
        else if (!entry.isSymbolicLink()) this.#tellIfWanted(below);
      }
    }
  }

  #needsBreath(): boolean {
    return performance.now() - this.#breathed > breathMs;
  }

  /** Reading a directory at a time is synchronous, since that is several times faster; signals and timers get their turn here. */
  async #breathe(): Promise<void> {
    this.#options.onEntries?.(this.count);
    await new Promise((resolve) => setImmediate(resolve));
    this.#options.signal?.throwIfAborted();
    this.#breathed = performance.now();
  }

  #list(path: string): Dirent[] {
    try {
      return readdirSync(join(this.#root, path), { withFileTypes: true });
    } catch (error) {
      if (!isGone(error))
        this.#report(
          path,
          'unreadable',
          `/${path} cannot be read (${codeOf(error)}); what is below it is missing from the result.`,
        );
      return [];
    }
  }

  #descend(waiting: string[], path: string): void {
    if (this.#skip.has(join(this.#root, path))) return;
    const { maxPathBytes, maxPathDepth } = this.#options.limits;
    if (path.length > maxPathBytes || path.split('/').length > maxPathDepth)
      this.#report(`${path.slice(0, 100)}…`, 'too-deep', 'A directory is too deep; what is below it was not read.');
    else waiting.push(path);
  }

  async #takeIfWanted(path: string): Promise<void> {
    const isWanted = this.#taker.wants(path, 0) > 0;
    const isNamed = this.#taker.wantsLarge(path, 0) > 0;
    if (!isWanted && !isNamed && !this.#taker.wantsPeek(path)) return;
    try {
      if (isWanted) await this.#take(path);
      if (isNamed || this.#taker.wantsPeek(path)) await this.#takeLarge(path);
    } catch (error) {
      if (error instanceof PlimsollError) throw error;
      if (isGone(error)) return;
      if (!isWanted && !isNamed && codeOf(error) === 'EACCES' && !this.#mayRun(path)) return;
      // Of a file whose name says nothing it is not known whether it is a program: it may be.
      const cost = isWanted || isNamed ? 'what it lists is missing' : 'what it holds, if it is a program, is missing';
      this.#report(path, 'unreadable', `/${path} cannot be read (${codeOf(error)}); ${cost}.`);
    }
  }

  /** A file that nobody may execute and that is no library, such as `/etc/shadow`, is no program. */
  #mayRun(path: string): boolean {
    const stat = lstatSync(join(this.#root, path), { throwIfNoEntry: false });
    return ((stat?.mode ?? 0) & 0o111) !== 0 || /\.(?:so|dll|exe|node|dylib)(?:$|\.)/.test(path);
  }

  /**
   * A pipe, socket or device with the name of a wanted file is nothing that a package manager makes. A directory so named is common
   * (packages of npm have such test data), and a link leads to a file that is read in its own place or is not in this root: neither
   * is told.
   */
  #tellIfWanted(path: string): void {
    if (this.#taker.wants(path, 0) > 0 || this.#taker.wantsLarge(path, 0) > 0)
      this.problems.add(notAFile({ path }, false));
  }

  async #takeLarge(path: string): Promise<void> {
    const size = await takeLargeFile(join(this.#root, path), path, this.#taker, this.#options.limits);
    if (size !== undefined)
      this.#report(path, 'too-large', `${path} has ${size} bytes, more than are read of such a file.`);
  }

  async #take(path: string): Promise<void> {
    const most = Math.min(this.#taker.wants(path, 0), this.#options.limits.maxFileBytes);
    const bytes = await readBounded(join(this.#root, path), most);
    if (typeof bytes !== 'number') return this.#taker.take(path, bytes, 0);
    this.#report(
      path,
      'too-large',
      `${path} has ${bytes} bytes, more than the ${most} that are read of such a file; what it lists is missing.`,
    );
  }

  #report(path: string, code: ProblemCode, message: string): void {
    this.problems.add({ kind: 'problem', where: { path }, code, message });
  }
}

/**
 * Hands over a file that is wanted to be read where it lies, by its path or its first bytes; answers its size where that is over the
 * bound. Throws what the system says where it cannot be read.
 */
export async function takeLargeFile(
  place: string,
  path: string,
  taker: FileTaker,
  limits: Limits,
): Promise<number | undefined> {
  const file = openSync(place, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return undefined;
    const size = Math.min(stat.size, taker.wantsStart?.(path, 0) ?? stat.size);
    const content = accessFile(file, 0, size);
    const wanted = Math.max(
      taker.wantsLarge(path, 0),
      taker.wantsPeek(path) ? taker.wantsHead(content.read(0, headBytes)) : 0,
    );
    if (wanted === 0) return undefined;
    if (size > Math.min(wanted, limits.maxLargeFileBytes)) return size;
    await taker.takeLarge(path, content, 0);
    return undefined;
  } finally {
    closeSync(file);
  }
}

/** A file's bytes, or its size where that is over the bound. */
export async function readBounded(path: string, maxBytes: number): Promise<Buffer | number> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return size > maxBytes ? size : await readFile(handle);
  } finally {
    await handle.close();
  }
}

/** Mount points of the kernel's own file systems at or below a root, and `/dev`. */
function kernelMounts(root: string): Set<string> {
  const mounts = new Set([join(root, 'dev')]);
  try {
    for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
      // … ID parent major:minor root MOUNTPOINT options … - TYPE source …
      const fields = line.split(' ');
      const type = fields[fields.indexOf('-') + 1];
      if (type !== undefined && kernelFileSystems.has(type))
        mounts.add(
          fields[4]!.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
        );
    }
  } catch {
    // No Linux: nothing of that kind is mounted.
  }
  return mounts;
}

/** Whether it went away while the directory was read. */
export function isGone(error: unknown): boolean {
  return codeOf(error) === 'ENOENT';
}

/** What the system calls an error. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | undefined)?.code ?? toMessage(error);
}
