import { defaultLimits } from '../base/limits.ts';
import type { Image } from '../base/model/image.ts';
import { openImage as openSource } from '../image/sources/index.ts';
import type { OpenOptions } from '../image/sources/source.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import { type InventoryOptions, takeInventory } from './take-inventory.ts';

/**
 * Opens an image by its reference, such as `oci-dir:build/app` or `registry:debian:12`. Dispose of it when done:
 * `await using image = await openImage(…)`.
 */
export function openImage(reference: string, options: Partial<OpenOptions> = {}): Promise<Image> {
  return openSource(reference, { limits: defaultLimits, ...options });
}

/** The packages of an opened image, its distribution, and what could not be read. Nothing is remembered on disk unless asked. */
export function readPackages(image: Image, options: Partial<InventoryOptions> = {}): Promise<Inventory> {
  return takeInventory(image, { limits: defaultLimits, ...options });
}
