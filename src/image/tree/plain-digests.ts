import { closeSync, openSync, readSync } from 'node:fs';
import { compressionOf } from '../../base/bytes/decompress.ts';
import type { FileRange } from '../../base/bytes/hash-file.ts';
import type { HashPool, PendingDigest } from '../../base/bytes/hash-pool.ts';
import type { Digest, Layer } from '../../base/model/image.ts';

/** A layer that lies uncompressed on the disk. */
export type PlainLayer = Layer & { readonly range: FileRange };

/** Media types lie, so the first bytes decide. */
export function isPlainLayer(layer: Layer): layer is PlainLayer {
  if (layer.range === undefined) return false;
  const { path, start, size } = layer.range;
  const head = Buffer.alloc(6);
  const file = openSync(path, 'r');
  try {
    return compressionOf(head.subarray(0, readSync(file, head, 0, Math.min(size, 6), start))) === 'none';
  } finally {
    closeSync(file);
  }
}

/** Asks for the digests that the bytes must have: the diffID's and, where there is one, the descriptor's, which is of the same bytes. */
export function beginDigests({ descriptor, diffId, range }: PlainLayer, hashes: HashPool): Map<Digest, PendingDigest> {
  const wanted = new Set<Digest>([diffId, ...(descriptor ? [descriptor.digest] : [])]);
  return new Map([...wanted].map((digest) => [digest, hashes.begin(range, algorithmOf(digest))]));
}

/** Sets the pool to the layers' digests, the largest first: it takes longest, and cannot be split. */
export function beginLargestFirst(layers: readonly Layer[], hashes: HashPool): void {
  const plain = layers.filter(isPlainLayer);
  for (const layer of plain.toSorted((a, b) => b.range.size - a.range.size)) beginDigests(layer, hashes);
}

export function algorithmOf(digest: Digest): string {
  return digest.slice(0, digest.indexOf(':'));
}
