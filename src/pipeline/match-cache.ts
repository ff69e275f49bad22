import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ShardInfo } from '../advise/database/database.ts';
import type { Matched } from '../advise/match/match-packages.ts';
import type { Image } from '../base/model/image.ts';
import { readSealed, writeSealed } from './sealed-file.ts';
import { trimCache } from './trim-cache.ts';

/** More matches than this are compared again: writing them would pass the memory budget. */
const maxRemembered = 10_000;

/**
 * Remembers what the packages of an image's layers match in given shards: the same layers, the same shards and the same program
 * give the same matches, so that a scan whose data has not changed compares nothing again.
 */
export class MatchCache {
  readonly #folder: string;
  readonly #prefix: string;

  /** @param build Names the program down to its last byte. */
  constructor(cacheDirectory: string, { layers }: Image, build: string) {
    this.#folder = join(cacheDirectory, 'results', 'matches');
    this.#prefix = `${build} ${layers.map(({ diffId }) => diffId).join(' ')}`;
  }

  /** @param shards All that the packages could be compared with. */
  async get(shards: readonly ShardInfo[]): Promise<Matched | undefined> {
    const bytes = await readSealed(this.#fileFor(shards));
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as Matched);
  }

  async put(shards: readonly ShardInfo[], { matches, problems }: Matched): Promise<void> {
    if (matches.length > maxRemembered) return;
    await writeSealed(this.#fileFor(shards), Buffer.from(JSON.stringify({ matches, problems })));
    await trimCache(join(this.#folder, '..'));
  }

  #fileFor(shards: readonly ShardInfo[]): string {
    const digests = shards.map(({ name, digest }) => `${name}=${digest}`).sort();
    return join(
      this.#folder,
      createHash('sha256')
        .update([this.#prefix, ...digests].join('\n'))
        .digest('hex'),
    );
  }
}
