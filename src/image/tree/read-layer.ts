import { createHash, type Hash } from 'node:crypto';
import { compressionOf, decompress } from '../../base/bytes/decompress.ts';
import { TarWalker } from '../../base/bytes/tar/walker.ts';
import { createVerifier, verifyBytes } from '../../base/bytes/verify.ts';
import type { Limits } from '../../base/limits.ts';
import type { Digest, Layer } from '../../base/model/image.ts';
import { EntryCollector } from './entry-collector.ts';
import { type FileTaker, type LayerEntries, nameOfLayer, type ReadLayerOptions } from './layer-reading.ts';
import { isPlainLayer } from './plain-digests.ts';
import { readPlainLayer } from './read-plain-layer.ts';

/**
 * Reads a layer once, from its stored bytes: verifies size and digest, undoes compression, verifies the diffID, walks the tar
 * and hands over wanted files. Throws where the bytes are not what the image says; nothing taken may be believed then.
 */
export async function readLayer(layer: Layer, taker: FileTaker, options: ReadLayerOptions): Promise<LayerEntries> {
  if (options.hashes !== undefined && isPlainLayer(layer)) {
    return readPlainLayer(layer, taker, { ...options, hashes: options.hashes });
  }
  const what = nameOfLayer(layer);
  const stored = countBytes(layer.open(options.signal), options);
  const blob = layer.descriptor ? verifyBytes(stored, layer.descriptor, `${what}, as stored,`) : stored;
  const diffId = createVerifier({ digest: layer.diffId }, what);
  const collector = new EntryCollector(layer, taker, options);
  await walk(blob, { what, collector, limits: options.limits, hash: diffId });
  diffId.end();
  return collector.finish();
}

/** What a layer holds that was read before it was known which one it is. */
export interface PassedLayer extends LayerEntries {
  /** Of the unpacked bytes. */
  readonly diffId: Digest;
  /** Of the bytes as stored. */
  readonly blobDigest: Digest;
}

/** Reads what may be a layer while it streams by, and tells its diffID. Throws where it is none. */
export async function readPassingLayer(
  source: AsyncIterable<Uint8Array>,
  taker: FileTaker,
  options: ReadLayerOptions,
): Promise<PassedLayer> {
  const hash = createHash('sha256');
  const stored = new StoredHash();
  // Its place and digest are not known yet; problems get theirs at the end.
  const collector = new EntryCollector({ index: 0, diffId: 'sha256:' }, taker, options);
  const bytes = stored.pass(countBytes(source, options));
  await walk(bytes, { what: 'a layer', collector, limits: options.limits, hash });
  const diffId: Digest = `sha256:${hash.digest('hex')}`;
  const entries = collector.finish();
  const problems = entries.problems.map((problem) => ({ ...problem, where: { ...problem.where, layer: diffId } }));
  return { ...entries, problems, diffId, blobDigest: stored.digest() ?? diffId };
}

/** Hashes bytes as stored where they are compressed: of plain ones it would be the diffID again. */
class StoredHash {
  #hash: Hash | undefined;

  async *pass(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let isFirst = true;
    for await (const chunk of source) {
      // Sources of passing layers give some 512 bytes at first; a compression is told by six.
      if (isFirst && compressionOf(Buffer.from(chunk.subarray(0, 6))) !== 'none') this.#hash = createHash('sha256');
      isFirst = false;
      this.#hash?.update(chunk);
      yield chunk;
    }
  }

  digest(): Digest | undefined {
    return this.#hash === undefined ? undefined : `sha256:${this.#hash.digest('hex')}`;
  }
}

interface Walk {
  readonly what: string;
  readonly collector: EntryCollector;
  readonly limits: Limits;
  readonly hash: { update(chunk: Uint8Array): unknown };
}

async function walk(stored: AsyncIterable<Uint8Array>, { what, collector, limits, hash }: Walk): Promise<void> {
  const walker = new TarWalker(collector, limits);
  try {
    for await (const chunk of decompress(stored, limits, what)) {
      hash.update(chunk);
      walker.write(chunk);
      if (collector.hasPending) await collector.handOver();
    }
    walker.end();
  } finally {
    collector.close();
  }
}

async function* countBytes(
  source: AsyncIterable<Uint8Array>,
  { signal, onBytes }: ReadLayerOptions,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    signal?.throwIfAborted();
    onBytes?.(chunk.length);
    yield chunk;
  }
}
