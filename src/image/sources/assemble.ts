import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Descriptor, Digest, Image, Layer, Platform } from '../../base/model/image.ts';
import type { Problem } from '../../base/model/problem.ts';
import { fitsPlatform, formatPlatform, historyOfLayers, isForeignLayer, parseImageConfig } from '../manifest.ts';

/** Where a layer's stored bytes come from. */
export type LayerBytes = Pick<Layer, 'local' | 'range' | 'stamp' | 'open'>;

export interface ImageParts {
  readonly reference: string;
  readonly digest: Digest;
  readonly manifest: { readonly config: Descriptor; readonly layers: readonly Descriptor[] };
  /** The configuration's bytes, verified. */
  readonly config: Buffer;
  readonly limits: Limits;
  /** The platform that was asked for. */
  readonly platform?: Platform | undefined;
  bytesOf(layer: Descriptor): Promise<LayerBytes> | LayerBytes;
  dispose(): Promise<void>;
}

/** Joins a verified manifest and configuration to an image. Foreign layers are left out, each with a problem. */
export async function assembleImage({
  reference,
  digest,
  manifest,
  config,
  limits,
  platform,
  bytesOf,
  dispose,
}: ImageParts): Promise<Image> {
  const parsed = parseImageConfig(config, `${reference}: configuration`, limits);
  checkPlatform(parsed.config.platform, platform, reference);
  if (parsed.diffIds.length !== manifest.layers.length) {
    throw new PlimsollError(
      'image-unreadable',
      `${reference}: the manifest has ${manifest.layers.length} layers, the configuration ${parsed.diffIds.length}. The image is damaged.`,
    );
  }
  const created = historyOfLayers(parsed.config, manifest.layers.length);
  const layers: Layer[] = [];
  const problems: Problem[] = [];
  for (const [index, descriptor] of manifest.layers.entries()) {
    const diffId = parsed.diffIds[index]!;
    if (isForeignLayer(descriptor)) problems.push(foreignLayer(index, diffId, descriptor));
    else layers.push({ index, diffId, descriptor, ...createdBy(created[index]), ...(await bytesOf(descriptor)) });
  }
  return {
    reference,
    digest,
    configDigest: manifest.config.digest,
    platform: parsed.config.platform,
    config: parsed.config,
    layers,
    problems,
    [Symbol.asyncDispose]: dispose,
  };
}

/** An image without index has one platform, which may be another than was asked for. */
export function checkPlatform(has: Platform, wanted: Platform | undefined, what: string): void {
  if (wanted === undefined || has.os === 'unknown' || fitsPlatform(has, wanted)) return;
  throw new PlimsollError(
    'reference-unreadable',
    `${what} is for ${formatPlatform(has)}, not ${formatPlatform(wanted)}. Leave out --platform, or ask for its own.`,
  );
}

/** https://github.com/opencontainers/image-spec/blob/main/layer.md#non-distributable-layers */
function foreignLayer(index: number, diffId: Digest, descriptor: Descriptor): Problem {
  const message = `Layer ${index + 1} (${descriptor.mediaType}) is not distributed with the image and was not read; what it holds is missing from the result.`;
  return { kind: 'problem', where: { layer: diffId, path: '' }, code: 'foreign-layer', message };
}

function createdBy(text: string | undefined): { createdBy?: string } {
  return text === undefined ? {} : { createdBy: text };
}
