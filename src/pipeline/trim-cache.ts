import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes that remembered results may take up. A layer takes some 20 bytes a file, so this is some thousands of layers. */
const maxCacheBytes = 1 << 30;
/** A file that is being written by another process is younger than this. */
const minAgeMs = 60 * 60 * 1000;

interface CacheFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/**
 * Removes what was unused for longest until the rest fits. Other processes may use and trim the same directory: a file that is
 * gone meanwhile is only read again.
 */
export async function trimCache(
  folder: string,
  maxBytes: number = maxCacheBytes,
  nowMs: number = Date.now(),
): Promise<void> {
  const files = await listFiles(folder);
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes, usedMs } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes || nowMs - usedMs < minAgeMs) return;
    await rm(path, { force: true }).catch(() => {});
    total -= bytes;
  }
}

async function listFiles(folder: string): Promise<CacheFile[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files: CacheFile[] = [];
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const found = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
    // An empty mark takes a block of the disk like any other small file.
    if (found !== undefined) files.push({ path, bytes: Math.max(found.size, 4096), usedMs: found.mtimeMs });
  }
  return files;
}
