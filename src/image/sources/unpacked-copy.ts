import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file for as long as it is open, among the system's temporary ones. */
export interface UnpackedCopy {
  /** Where it is read. */
  readonly path: string;
  /** Where it is written. */
  readonly handle: FileHandle;
  dispose(): Promise<void>;
}

/**
 * Makes an empty one. On Linux it loses its name at once, so that nothing is left of a killed process, and is read by the name that
 * the kernel has for what is open. Elsewhere it is removed in the end. Throws what the system says.
 */
export async function createCopy(): Promise<UnpackedCopy> {
  const folder = await mkdtemp(join(tmpdir(), 'plimsoll-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const named = join(folder, 'archive.tar');
    const handle = await open(named, 'wx', 0o600);
    const nameless = `/proc/${process.pid}/fd/${handle.fd}`;
    const isNamed = !(await leadsTo(nameless, handle));
    if (!isNamed) await remove();
    const dispose = async () => {
      await handle.close();
      await remove();
    };
    return { path: isNamed ? named : nameless, handle, dispose };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Whether it can be opened by this name: a container may have no /proc, and other systems have none. */
async function leadsTo(path: string, handle: FileHandle): Promise<boolean> {
  try {
    await using again = await open(path, 'r');
    const [found, own] = await Promise.all([again.stat(), handle.stat()]);
    return found.dev === own.dev && found.ino === own.ino;
  } catch {
    return false;
  }
}
