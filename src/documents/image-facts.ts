import type { Report } from '../base/model/report.ts';

/** All that a report says of the image itself and a format has no place of its own for, as JSON. Layers are bottom first. */
export function toImageFacts({ reference, digest, configDigest, platform, layers }: Report['image']): string {
  return JSON.stringify({
    reference,
    digest,
    configDigest,
    platform: platform && [platform.os, platform.architecture, platform.variant].filter(Boolean).join('/'),
    layers: layers.map(({ diffId, createdBy }) => ({ diffId, createdBy })),
  });
}
