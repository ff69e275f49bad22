import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyBytes } from '../base/bytes/verify.ts';
import type { Image, Layer } from '../base/model/image.ts';
import { writeAside } from '../base/places.ts';
import type { Found } from '../inspect/packages/cataloguer.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import type { LayerResult } from './layer-result.ts';
import { trimCache } from './trim-cache.ts';

/**
 * Remembers what layers hold, by content and by the versions of the readers. A result is used only if the bytes at hand are
 * known to be those that gave it: a file on disk that has not changed since it was verified, or a blob digest that was
 * verified to unpack to that diffID. Any number of processes may use one cache: files are written aside and renamed.
 */
export class LayerCache {
  readonly #folder: string;

  /** @param signature Names the readers and their versions. */
  constructor(cacheDirectory: string, signature: string) {
    this.#folder = join(cacheDirectory, 'results', hashOf(`2 ${signature}`).slice(0, 16));
  }

  async get(layer: Layer): Promise<LayerResult | undefined> {
    if (!(await this.isKnown(layer))) return undefined;
    await touch(this.#fileOf(layer.diffId));
    return decode(await readOrUndefined(this.#fileOf(layer.diffId)));
  }

  async put(layer: Layer, result: LayerResult): Promise<void> {
    await this.#write(this.#fileOf(layer.diffId), encode(result));
    for (const mark of await this.#marksOf(layer)) await this.#write(mark, Buffer.alloc(0));
  }

  /** The inventory of all the image's layers together, if each is known. */
  async getInventory(image: Image): Promise<Inventory | undefined> {
    for (const layer of image.layers) if (!(await this.isKnown(layer))) return undefined;
    const file = this.#inventoryFile(image);
    const bytes = await readOrUndefined(file);
    if (bytes === undefined) return undefined;
    await touch(file);
    return parseJson(bytes.toString('utf8')) as Inventory | undefined;
  }

  async putInventory(image: Image, inventory: Inventory): Promise<void> {
    await this.#write(this.#inventoryFile(image), Buffer.from(JSON.stringify(inventory)));
    await trimCache(join(this.#folder, '..'));
  }

  /** Whether there is a result, and the bytes at hand are known to be those that gave it. */
  async isKnown(layer: Layer): Promise<boolean> {
    if (!(await exists(this.#fileOf(layer.diffId)))) return false;
    const stamp = await layer.stamp?.();
    if (stamp !== undefined && (await exists(this.#mark('stamp', stamp, layer)))) return true;
    const digest = layer.descriptor?.digest;
    if (digest === undefined || !(await exists(this.#mark('blob', digest, layer)))) return false;
    if (!layer.local) return true;
    // Known content in a file not seen before: hashing it is several times cheaper than unpacking it.
    for await (const _chunk of verifyBytes(layer.open(), layer.descriptor!, `layer ${layer.index + 1}`));
    if (stamp !== undefined) await this.#write(this.#mark('stamp', stamp, layer), Buffer.alloc(0));
    return true;
  }

  async #marksOf(layer: Layer): Promise<string[]> {
    const stamp = await layer.stamp?.();
    const marks = stamp === undefined ? [] : [this.#mark('stamp', stamp, layer)];
    return layer.descriptor === undefined ? marks : [...marks, this.#mark('blob', layer.descriptor.digest, layer)];
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

  async #write(path: string, bytes: Buffer): Promise<void> {
    await mkdir(join(path, '..'), { recursive: true });
    await writeAside(path, bytes);
  }
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

/** A damaged file is as good as none: the layer is read again. */
function decode(bytes: Buffer | undefined): LayerResult | undefined {
  if (bytes === undefined || bytes.length < 4 || bytes.readUInt32LE(0) + 4 > bytes.length) return undefined;
  const end = 4 + bytes.readUInt32LE(0);
  const header = parseJson(bytes.toString('utf8', 4, end)) as Header | undefined;
  return header && { ...header, facts: new Map(header.facts), log: bytes.subarray(end) };
}

type Header = Omit<LayerResult, 'facts' | 'log'> & { readonly facts: readonly (readonly [string, readonly Found[]])[] };

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readOrUndefined(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch(() => undefined);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The age of a file is when it was last of use: the oldest go first when the cache is trimmed. */
async function touch(path: string): Promise<void> {
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
}
