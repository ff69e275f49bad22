import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ShardInfo } from '../advise/database/database.ts';
import type { Matched } from '../advise/match/match-packages.ts';
import type { Image } from '../base/model/image.ts';
import { writeAside } from '../base/places.ts';

/**
 * Remembers what the packages of an image's layers match in given shards: the same layers, the same shards and the same program
 * give the same matches, so that a scan whose data has not changed compares nothing again.
 */
export class MatchCache {
  readonly #folder: string;
  readonly #image: string;

  constructor(cacheDirectory: string, { layers }: Image) {
    this.#folder = join(cacheDirectory, 'results', 'matches');
    this.#image = layers.map(({ diffId }) => diffId).join(' ');
  }

  /** @param shards All that the packages could be compared with. */
  async get(shards: readonly ShardInfo[]): Promise<Matched | undefined> {
    const text = await readFile(this.#fileFor(shards), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : parse(text);
  }

  async put(shards: readonly ShardInfo[], { matches, problems }: Matched): Promise<void> {
    const file = this.#fileFor(shards);
    await mkdir(dirname(file), { recursive: true });
    await writeAside(file, JSON.stringify({ matches, problems }));
  }

  #fileFor(shards: readonly ShardInfo[]): string {
    const digests = shards.map(({ name, digest }) => `${name}=${digest}`).sort();
    const key = [programStamp(), this.#image, ...digests].join('\n');
    return join(this.#folder, createHash('sha256').update(key).digest('hex'));
  }
}

/** Changes whenever this program is built anew. */
function programStamp(): string {
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  return `${size} ${mtimeMs}`;
}

/** A damaged file is as good as none. */
function parse(text: string): Matched | undefined {
  try {
    return JSON.parse(text) as Matched;
  } catch {
    return undefined;
  }
}
