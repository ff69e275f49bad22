import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';
import type { Digest, Layer } from '../base/model/image.ts';
import { FactReader } from '../inspect/packages/fact-reader.ts';
import { FileSelector } from '../inspect/packages/file-selector.ts';
import { cataloguers } from '../inspect/packages/index.ts';
import type { LayerResult } from './layer-result.ts';

export interface PassingOptions {
  readonly limits: Limits;
  readonly signal?: AbortSignal | undefined;
  /** Called with stored bytes as they are read. */
  readonly onBytes?: (bytes: number) => void;
}

interface Held {
  readonly blobDigest: Digest;
  readonly result: LayerResult;
}

/**
 * Reads layers while they stream by, before it is known which image they belong to, and holds what is in them until they are asked
 * for by digest. What would take more memory than one whole image may is let go, and read again when its turn comes.
 */
export class PassingLayers {
  readonly #options: PassingOptions;
  readonly #held = new Map<Digest, Held>();
  #selector: FileSelector | undefined;
  #entries = 0;
  #facts = 0;

  constructor(options: PassingOptions) {
    this.#options = options;
  }

  /** Reads one. Fails only where its source does, or the run is cancelled: what is no sound layer is not held. */
  async take(bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const { readPassingLayer } = await import('../image/tree/read-layer.ts');
    this.#selector ??= new FileSelector(cataloguers);
    const reader = new FactReader(this.#selector, this.#options.limits);
    try {
      const { diffId, blobDigest, ...entries } = await readPassingLayer(bytes, reader, this.#options);
      this.#hold(diffId, { blobDigest, result: { ...entries, facts: reader.facts } });
    } catch (error) {
      if (!(error instanceof PlimsollError)) throw error;
    }
  }

  /**
   * What a layer holds, if the very bytes came by that its digests name.
   * @param isLast Whether no other layer of the image is the same.
   */
  release({ diffId, descriptor }: Layer, isLast: boolean): LayerResult | undefined {
    const held = this.#held.get(diffId);
    if (held === undefined || (descriptor !== undefined && descriptor.digest !== held.blobDigest)) return undefined;
    if (isLast) this.#held.delete(diffId);
    return held.result;
  }

  #hold(diffId: Digest, held: Held): void {
    const { result } = held;
    const { maxEntries, maxPackages } = this.#options.limits;
    const facts = result.facts.values().reduce((sum, { length }) => sum + length, 0);
    if (this.#entries + result.count > maxEntries || this.#facts + facts > maxPackages) return;
    this.#entries += result.count;
    this.#facts += facts;
    this.#held.set(diffId, held);
  }
}
