import { closeSync, openSync, readSync } from 'node:fs';
import type { FileRange } from '../../base/bytes/hash-file.ts';
import type { HashPool, PendingDigest } from '../../base/bytes/hash-pool.ts';
import { TarWalker } from '../../base/bytes/tar/walker.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Digest, Layer } from '../../base/model/image.ts';
import { EntryCollector } from './entry-collector.ts';
import { type FileTaker, type LayerEntries, nameOfLayer, type ReadLayerOptions } from './layer-reading.ts';
import { algorithmOf, beginDigests, type PlainLayer } from './plain-digests.ts';

/** Most of a layer's headers stand further apart than this, so that a larger window would read bodies for nothing. */
const windowBytes = 16 * 1024;
/** Header blocks after which the event loop gets its turn. */
const windowsPerTurn = 64;

/**
 * Reads an uncompressed layer on disk: its tar is walked by jumping from header to header while its digest is computed beside
 * that. Nothing taken may be believed before this returns.
 */
export async function readPlainLayer(
  layer: PlainLayer,
  taker: FileTaker,
  options: ReadLayerOptions & { readonly hashes: HashPool },
): Promise<LayerEntries> {
  return readChecked(layer, taker, options).catch((error: unknown) => {
    throw toReadError(layer, error);
  });
}

async function readChecked(
  layer: PlainLayer,
  taker: FileTaker,
  options: ReadLayerOptions & { readonly hashes: HashPool },
): Promise<LayerEntries> {
  const { range } = layer;
  const before = await layer.stamp?.();
  const digests = beginDigests(layer, options.hashes);
  if (range.size > options.limits.maxLayerBytes) throw tooLarge(layer, options.limits.maxLayerBytes);
  const collector = new EntryCollector(layer, taker, options, range);
  await walk(range, collector, options).finally(() => collector.close());
  await verify(layer, digests, options.signal);
  options.onBytes?.(range.size);
  if ((await layer.stamp?.()) !== before)
    throw new PlimsollError('image-unreadable', `${range.path} changed while it was read. Scan it again.`);
  return collector.finish();
}

async function walk(
  { path, start, size }: FileRange,
  collector: EntryCollector,
  { limits, signal }: ReadLayerOptions,
): Promise<void> {
  const walker = new TarWalker(collector, limits);
  const file = openSync(path, 'r');
  try {
    const window = Buffer.allocUnsafe(windowBytes);
    for (let at = 0, turns = 1; at < size && !walker.done; turns++) {
      const jump = Math.min(walker.unwanted, size - at);
      walker.jump(jump);
      at += jump;
      const bytes = at < size ? readSync(file, window, 0, Math.min(window.length, size - at), start + at) : 0;
      if (bytes === 0) break;
      walker.write(window.subarray(0, bytes));
      at += bytes;
      if (collector.hasPending) await collector.handOver();
      if (turns % windowsPerTurn === 0) await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    walker.end();
  } finally {
    closeSync(file);
  }
}

async function verify(
  layer: PlainLayer,
  digests: ReadonlyMap<Digest, PendingDigest>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { descriptor, range } = layer;
  if (descriptor !== undefined && descriptor.size !== range.size)
    throw mismatch(layer, `it has ${range.size} bytes, its descriptor states ${descriptor.size}`);
  for (const [expected, pending] of digests) {
    const digest = await pending.result(signal);
    if (digest === undefined) throw mismatch(layer, 'it is cut off');
    const actual = `${algorithmOf(expected)}:${digest}`;
    if (actual !== expected) throw mismatch(layer, `its digest is ${actual}, expected ${expected}`);
  }
}

/** Errors of the system, which lose their code on the way from the other thread, become ours; the rest stays what it is. */
function toReadError({ range }: PlainLayer, error: unknown): unknown {
  const isSystems =
    error instanceof Error && !(error instanceof PlimsollError) && /^E[A-Z]{2,20}: /.test(error.message);
  if (!isSystems) return error;
  return new PlimsollError('image-unreadable', `${range.path} cannot be read: ${error.message}.`, { cause: error });
}

function mismatch(layer: Layer, detail: string): PlimsollError {
  return new PlimsollError(
    'digest-mismatch',
    `${nameOfLayer(layer)} is damaged: ${detail}. Fetch or save the image again.`,
  );
}

function tooLarge(layer: Layer, maxLayerBytes: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `${nameOfLayer(layer)} has more than ${maxLayerBytes} bytes. It was not read further.`,
  );
}
