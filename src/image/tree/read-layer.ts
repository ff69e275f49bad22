import { decompress } from '../../base/bytes/decompress.ts';
import { TarWalker } from '../../base/bytes/tar/walker.ts';
import { createVerifier, verifyBytes } from '../../base/bytes/verify.ts';
import type { Layer } from '../../base/model/image.ts';
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
  const collector = new EntryCollector(layer, taker, options.limits);
  const walker = new TarWalker(collector, options.limits);
  try {
    for await (const chunk of decompress(blob, options.limits, what)) {
      diffId.update(chunk);
      walker.write(chunk);
      if (collector.hasPending) await collector.handOver();
    }
  } finally {
    collector.close();
  }
  diffId.end();
  walker.end();
  return collector.finish();
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
