import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyBytes } from '../base/bytes/verify.ts';
import type { Image, Layer } from '../base/model/image.ts';
import type { DocumentMemory } from '../image/sources/source.ts';
import type { Found } from '../inspect/packages/cataloguer.ts';
import { weightOfFile } from '../inspect/packages/found-weight.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import type { LayerResult } from './layer-result.ts';
import { readSealed, writeSealed } from './sealed-file.ts';
import { trimCache } from './trim-cache.ts';

/** Packages that are remembered in one file, long texts as several: writing more would pass the memory budget. Real images have a tenth. */
const maxRemembered = 30_000;

/** Real images have some 20 KB. */
const maxDocumentBytes = 1024 * 1024;

/**
 * Remembers what layers hold, by content and by the versions of the readers. A result is used only if the bytes at hand are
 * known to be those that gave it: a file on disk that has not changed since it was verified, or a blob digest that was
 * verified to unpack to that diffID. Any number of processes may use one cache: files are written aside and renamed.
 */
export class LayerCache {
  readonly #folder: string;

  /** @param signature Names the readers and their versions. */
  constructor(cacheDirectory: string, signature: string) {
    this.#folder = join(cacheDirectory, 'results', hashOf(`3 ${signature}`).slice(0, 16));
  }

  async get(layer: Layer, signal?: AbortSignal): Promise<LayerResult | undefined> {
    if (!(await this.isKnown(layer, signal))) return undefined;
    return decode(await readSealed(this.#fileOf(layer.diffId)));
  }

  /** @param stamp The layer's stamp from before its bytes were read: a file that has changed since then was not verified. */
  async put(layer: Layer, result: LayerResult, stamp: string | undefined): Promise<void> {
    if (countFacts(result) > maxRemembered || (await layer.stamp?.()) !== stamp) return;
    await writeSealed(this.#fileOf(layer.diffId), encode(result));
    if (stamp !== undefined) await this.#setMark('stamp', stamp, layer);
    if (layer.descriptor !== undefined) await this.#setMark('blob', layer.descriptor.digest, layer);
  }

  /** The inventory of all the image's layers together, if each is known. */
  async getInventory(image: Image, signal?: AbortSignal): Promise<Inventory | undefined> {
    for (const layer of image.layers) if (!(await this.isKnown(layer, signal))) return undefined;
    const bytes = await readSealed(this.#inventoryFile(image));
    return bytes === undefined ? undefined : (JSON.parse(bytes.toString('utf8')) as Inventory);
  }

  async putInventory(image: Image, inventory: Inventory): Promise<void> {
    if (countPlaces(inventory) > maxRemembered) return;
    await writeSealed(this.#inventoryFile(image), Buffer.from(JSON.stringify(inventory)));
    await trimCache(join(this.#folder, '..'));
  }

  /** Documents of images, which whoever asks for them verifies. They are forgotten together with the layers. */
  get documents(): DocumentMemory {
    const fileOf = (key: string) => join(this.#folder, 'documents', hashOf(key));
    return {
      knows: (layer) => this.isKnown(layer),
      get: (key) => readSealed(fileOf(key)),
      put: async (key, bytes) => {
        if (bytes.length <= maxDocumentBytes) await writeSealed(fileOf(key), bytes);
      },
    };
  }

  /** Whether there is a result, and the bytes at hand are known to be those that gave it. */
  async isKnown(layer: Layer, signal?: AbortSignal): Promise<boolean> {
    if (!(await exists(this.#fileOf(layer.diffId)))) return false;
    const stamp = await layer.stamp?.();
    if (stamp !== undefined && (await exists(this.#mark('stamp', stamp, layer)))) return true;
    const digest = layer.descriptor?.digest;
    if (digest === undefined || !(await exists(this.#mark('blob', digest, layer)))) return false;
    if (!layer.local) return true;
    // Known content in a file not seen before: hashing it is several times cheaper than unpacking it.
    for await (const _chunk of verifyBytes(layer.open(signal), layer.descriptor!, `layer ${layer.index + 1}`));
    if (stamp !== undefined && (await layer.stamp?.()) === stamp) await this.#setMark('stamp', stamp, layer);
    return true;
  }

  #setMark(kind: 'stamp' | 'blob', text: string, layer: Layer): Promise<void> {
    return writeSealed(this.#mark(kind, text, layer), Buffer.alloc(0));
  }

  #mark(kind: 'stamp' | 'blob', text: string, { diffId }: Layer): string {
    return join(this.#folder, 'verified', hashOf(`${kind} ${text} ${diffId}`));
  }

  #fileOf(diffId: string): string {
    return join(this.#folder, diffId.replace(':', '-'));
  }

  #inventoryFile(image: Image): string {
    return join(this.#folder, 'images', hashOf(image.layers.map(({ diffId }) => diffId).join(' ')));
  }
}

function countFacts({ facts }: LayerResult): number {
  return facts.entries().reduce((sum, [path, found]) => sum + weightOfFile(path, found), 0);
}

function countPlaces({ packages }: Inventory): number {
  return packages.reduce(
    (sum, { locations }) => locations.reduce((places, { path }) => places + path.length / 512, sum + 1),
    0,
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A header's length, the header as JSON, and the log. */
function encode({ log, count, hasMarkers, problems, facts }: LayerResult): Buffer {
  const header = Buffer.from(JSON.stringify({ count, hasMarkers, problems, facts: [...facts] }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return Buffer.concat([length, header, log]);
}

function decode(bytes: Buffer | undefined): LayerResult | undefined {
  if (bytes === undefined) return undefined;
  const end = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, end)) as Header;
  return { ...header, facts: new Map(header.facts), log: bytes.subarray(end) };
}

type Header = Omit<LayerResult, 'facts' | 'log'> & { readonly facts: readonly (readonly [string, readonly Found[]])[] };

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
