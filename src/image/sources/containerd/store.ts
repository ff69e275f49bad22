import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { openBolt } from '../../../base/bytes/bolt/read-bolt.ts';
import { type Damage, isDamage } from '../../../base/bytes/damage.ts';
import { accessFile } from '../../../base/bytes/file-access.ts';
import { PlimsollError } from '../../../base/errors.ts';
import { systemCodeOf } from '../../../base/net/network-error.ts';
import { type ContainerdImage, readStoredImages } from './stored-images.ts';

/** What a containerd keeps on disk. */
export interface ContainerdStore {
  /** `/var/lib/containerd`. */
  readonly root: string;
  readonly images: readonly ContainerdImage[];
  /** What of the names could not be read. */
  readonly damage?: Damage;
}

/** Reading takes some milliseconds; a containerd that pulls writes every few, for some seconds. */
const maxAttempts = 200;
const maxPauseMs = 40;

/** The directory with `blobs/sha256/…`. */
export function contentIn(root: string): string {
  return join(root, 'io.containerd.content.v1.content');
}

/**
 * Reads which images a containerd has, also while it runs: without its lock, and again where it wrote meanwhile. Throws
 * `reference-unreadable` where there is no store, `unauthorized` where it may not be read.
 */
export async function readContainerdStore(root: string, signal?: AbortSignal): Promise<ContainerdStore> {
  const path = join(root, 'io.containerd.metadata.v1.bolt', 'meta.db');
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    signal?.throwIfAborted();
    const found = await readOnce(path).catch((error: unknown) => {
      throw unreadableStore(root, path, error);
    });
    if (found !== undefined) return { root, ...found };
    await setTimeout(Math.min(attempt + 1, maxPauseMs));
  }
  throw new PlimsollError(
    'image-unreadable',
    `${path} changes faster than it can be read. Is containerd pulling much? Try again.`,
  );
}

/**
 * Undefined where a transaction ended meanwhile. Pages are never written in place, and one that a transaction freed is used again by
 * the one after the next: what was read while the number stayed the same is whole.
 */
async function readOnce(path: string): Promise<Omit<ContainerdStore, 'root'> | undefined> {
  if (!(await stat(path)).isFile()) throw new PlimsollError('image-unreadable', `${path} is no regular file.`);
  await using file = await open(path, 'r');
  const { size } = await file.stat();
  const access = accessFile(file.fd, 0, size);
  const database = openBolt(access);
  if (isDamage(database)) return { images: [], damage: database };
  const found = [...readStoredImages(database)];
  const after = openBolt(access);
  if (isDamage(after) || after.transaction !== database.transaction || (await file.stat()).size !== size)
    return undefined;
  const damage = found.find(isDamage);
  return { images: found.filter((item) => item.kind === 'image'), ...(damage === undefined ? {} : { damage }) };
}

function unreadableStore(root: string, path: string, error: unknown): unknown {
  const cause = { cause: error };
  const code = systemCodeOf(error);
  switch (code) {
    case '':
      return error;
    case 'ENOENT':
    case 'ENOTDIR':
      return new PlimsollError(
        'reference-unreadable',
        `containerd keeps no images in ${root}: ${path} does not exist. Where its root is elsewhere, set PLIMSOLL_CONTAINERD_ROOT to it.`,
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return new PlimsollError(
        'unauthorized',
        `containerd's images in ${root} may be read by root only. Run plimsoll as root, or export the image and scan that: ctr images export image.tar IMAGE && plimsoll scan oci-archive:image.tar`,
        cause,
      );
  }
  return new PlimsollError('image-unreadable', `${path} cannot be read (${code}).`, cause);
}
