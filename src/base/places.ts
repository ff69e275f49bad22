import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { PlimsollError, toMessage } from './errors.ts';

/** The variables that decide where things are kept. */
export type PlaceVariables = Readonly<Record<string, string | undefined>>;

/**
 * Where advisory data is kept: `$PLIMSOLL_HOME`, else the platform's directory for a user's data.
 * https://specifications.freedesktop.org/basedir-spec/latest/
 */
export function dataDirectory(variables: PlaceVariables = process.env, platform: string = process.platform): string {
  if (variables.PLIMSOLL_HOME) return resolve(variables.PLIMSOLL_HOME);
  if (platform === 'win32') return join(localAppData(variables), 'plimsoll', 'Data');
  if (platform === 'darwin') return join(homeOf(variables), 'Library', 'Application Support', 'plimsoll');
  return join(absolute(variables.XDG_DATA_HOME) ?? join(homeOf(variables), '.local', 'share'), 'plimsoll');
}

/** Where results that can be made again are kept: `$PLIMSOLL_HOME/cache`, else the platform's directory for caches. */
export function cacheDirectory(variables: PlaceVariables = process.env, platform: string = process.platform): string {
  if (variables.PLIMSOLL_HOME) return join(resolve(variables.PLIMSOLL_HOME), 'cache');
  if (platform === 'win32') return join(localAppData(variables), 'plimsoll', 'Cache');
  if (platform === 'darwin') return join(homeOf(variables), 'Library', 'Caches', 'plimsoll');
  return join(absolute(variables.XDG_CACHE_HOME) ?? join(homeOf(variables), '.cache'), 'plimsoll');
}

/** The specification says that a relative path in these variables is to be ignored. */
function absolute(path: string | undefined): string | undefined {
  return path !== undefined && isAbsolute(path) ? path : undefined;
}

/** Throws `storage` where nobody says which it is: a user without an entry in the system's list, and without HOME. */
export function homeOf(variables: PlaceVariables): string {
  try {
    return absolute(variables.HOME) ?? homedir();
  } catch (cause) {
    throw new PlimsollError('storage', 'No home directory is known for this user. Set HOME or PLIMSOLL_HOME.', {
      cause,
    });
  }
}

function localAppData(variables: PlaceVariables): string {
  return variables.LOCALAPPDATA || join(variables.USERPROFILE || homeOf(variables), 'AppData', 'Local');
}

/**
 * Puts a file in place so that a reader sees the old one or the whole new one, however many write it and whenever they are
 * killed.
 * @param options.durable Also survives a power cut, at the price of a disk flush.
 */
export async function writeAside(
  path: string,
  bytes: Uint8Array | string,
  options: { readonly durable?: boolean } = {},
): Promise<void> {
  const aside = asideName(path);
  try {
    const file = await open(aside, 'wx');
    try {
      await file.writeFile(bytes);
      if (options.durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    if (options.durable) await syncDirectory(dirname(path));
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => {});
    throw toStorageError('write', path, cause);
  }
}

/** Whether something is there that must not be replaced by a renamed file: a device or pipe, such as /dev/null. */
export function isSpecialFile(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** A name beside a path that no other process or call uses. */
export function asideName(path: string): string {
  return `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Makes a directory and those above it. */
export async function ensureDirectory(path: string): Promise<void> {
  await makeDirectories(path).catch((cause) => {
    throw toStorageError('create', path, cause);
  });
}

/** What `mkdir` does with `recursive`, except that that never ends where a file system refuses with ENOENT, as /proc does. */
async function makeDirectories(path: string): Promise<void> {
  const failure = await mkdir(path).catch((error: NodeJS.ErrnoException) => error);
  if (!(failure instanceof Error)) return;
  if (failure.code === 'ENOENT' && dirname(path) !== path) {
    await makeDirectories(dirname(path));
    await mkdir(path).catch((error: NodeJS.ErrnoException) => acceptDirectory(path, error));
  } else acceptDirectory(path, failure);
}

function acceptDirectory(path: string, failure: NodeJS.ErrnoException): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw failure;
}

/** Makes a rename in this directory survive a power cut. Some file systems and Windows refuse: they have no need or no way. */
export async function syncDirectory(path: string): Promise<void> {
  let directory: FileHandle | undefined;
  try {
    directory = await open(path, 'r');
    await directory.sync();
  } catch {
    // Not supported here.
  } finally {
    await directory?.close();
  }
}

/**
 * Says what could not be done to which file, and what to do about it.
 * @param advice What helps where the file is one that the user named; else it is one of ours.
 */
export function toStorageError(
  verb: 'read' | 'write' | 'create',
  path: string,
  cause: unknown,
  advice?: string,
): PlimsollError {
  if (cause instanceof PlimsollError) return cause;
  // The system's message ends in its call and the file, which may be a temporary one.
  const reason = toMessage(cause).replace(/, [a-z]{1,20}(?: '.*)?$/, '');
  return new PlimsollError('storage', `Cannot ${verb} ${path}: ${reason}. ${advice ?? adviceFor(cause)}`, { cause });
}

function adviceFor(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG'
    ? 'Free some space there, or set PLIMSOLL_HOME to a directory with more.'
    : 'Check the directory and its permissions, or set PLIMSOLL_HOME to another.';
}
