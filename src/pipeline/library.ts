import { defaultLimits } from '../base/limits.ts';
import type { Image } from '../base/model/image.ts';
import { openImage as openSource } from '../image/sources/index.ts';
import type { OpenOptions } from '../image/sources/source.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import { PassingLayers } from './passing-layers.ts';
import { type InventoryOptions, takeInventory } from './take-inventory.ts';

/**
 * Opens an image by its reference, such as `oci-dir:build/app` or `registry:debian:12`. Dispose of it when done:
 * `await using image = await openImage(…)`.
 */
export async function openImage(reference: string, options: Partial<OpenOptions> = {}): Promise<Image> {
  const { limits = defaultLimits, signal } = options;
  const passed = new PassingLayers({ limits, signal });
  const image = await openSource(reference, { takePassing: (bytes) => passed.take(bytes), ...options, limits });
  passedLayers.set(image, passed);
  return image;
}

/** Layers that came by while an image was opened: engines would have to send the whole image again for each of them. */
const passedLayers = new WeakMap<Image, PassingLayers>();

/** The packages of an opened image, its distribution, and what could not be read. Nothing is remembered on disk unless asked. */
export function readPackages(image: Image, options: Partial<InventoryOptions> = {}): Promise<Inventory> {
  return takeInventory(image, { limits: defaultLimits, passed: passedLayers.get(image), ...options });
}
