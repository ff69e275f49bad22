import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';
import type { Descriptor } from '../base/model/image.ts';
import { toDescriptor } from './descriptor.ts';
import {
  below,
  damaged,
  fieldOf,
  type JsonObject,
  listField,
  objectField,
  type Place,
  parseJsonObject,
  stringField,
} from './json-fields.ts';

export { parseDigest } from './descriptor.ts';
export { historyOfLayers, parseImageConfig } from './image-config.ts';
export { choosePlatform, fitsPlatform, formatPlatform, parsePlatform } from './platform.ts';

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md, or Docker's schema 2. */
export interface ImageManifest {
  readonly kind: 'manifest';
  /** Empty where it does not say. */
  readonly mediaType: string;
  readonly config: Descriptor;
  /** Bottom first. */
  readonly layers: readonly Descriptor[];
}

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md, or Docker's manifest list. */
export interface ImageIndex {
  readonly kind: 'index';
  /** Empty where it does not say. */
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
}

export type ManifestDocument = ImageManifest | ImageIndex;

const manifestTypes = [
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;
const indexTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
] as const;
/** Older pushers named the configuration an octet stream. */
const configTypes = [
  'application/vnd.oci.image.config.v1+json',
  'application/vnd.docker.container.image.v1+json',
  'application/octet-stream',
];

/** The media types that `parseManifestOrIndex` reads, as a registry is asked for them. */
export const documentTypes: readonly string[] = [...manifestTypes, ...indexTypes];

/** What a media type says a document is; undefined where it says nothing of that. */
export function kindOfMediaType(mediaType: string): ManifestDocument['kind'] | undefined {
  if (manifestTypes.some((known) => known === mediaType)) return 'manifest';
  return indexTypes.some((known) => known === mediaType) ? 'index' : undefined;
}

/**
 * Reads an image manifest or an index. Throws `image-unreadable` for damage, for Docker's schema 1 and for artifacts that are
 * no container images, and `limit-exceeded` past `maxManifestBytes` and `maxLayers`.
 * @param where Names the document in errors.
 */
export function parseManifestOrIndex(bytes: Uint8Array, where: string, limits: Limits): ManifestDocument {
  const object = parseJsonObject(bytes, where, limits);
  const place = { where, path: '' };
  const mediaType = stringField(object, 'mediaType', place) ?? '';
  checkSchemaVersion(object, mediaType, place);
  return kindOf(object, mediaType, place) === 'index'
    ? { kind: 'index', mediaType, manifests: toDescriptors(object, 'manifests', place, limits) }
    : checkIsImage({ kind: 'manifest', mediaType, ...toContent(object, place, limits) }, object, place);
}

/** Whether a media type is of Docker's schema 1, whose digest is not that of its bytes. */
export function isSchema1(mediaType: string): boolean {
  return mediaType.startsWith('application/vnd.docker.distribution.manifest.v1+');
}

/** The error for a manifest of Docker's schema 1. */
export function schema1Refused(where: string): PlimsollError {
  return new PlimsollError(
    'image-unreadable',
    `${where} is a manifest of Docker's schema 1, which is not read: it was replaced in 2016. Pull and push the image with a current tool to convert it.`,
  );
}

/** A layer whose bytes are fetched elsewhere, such as Windows base layers. */
export function isForeignLayer({ mediaType }: Descriptor): boolean {
  return (
    mediaType.startsWith('application/vnd.docker.image.rootfs.foreign.') ||
    mediaType.startsWith('application/vnd.oci.image.layer.nondistributable.')
  );
}

function checkSchemaVersion(object: JsonObject, mediaType: string, place: Place): void {
  const version = fieldOf(object, 'schemaVersion', place);
  if (version === 1 || isSchema1(mediaType)) throw schema1Refused(place.where);
  if (mediaType === 'application/vnd.oci.artifact.manifest.v1+json') throw notAnImage(place, mediaType);
  if (version !== 2) throw damaged(below(place, 'schemaVersion'), 'is not 2, so this is no image manifest');
}

/**
 * A document that could be read as both would be one image to this reader and another to the next.
 * https://github.com/opencontainers/image-spec/security/advisories/GHSA-77vh-xpmg-72qh
 */
function kindOf(object: JsonObject, mediaType: string, place: Place): ManifestDocument['kind'] {
  const isIndex = fieldOf(object, 'manifests', place) !== undefined;
  const isManifest = ['layers', 'config', 'fsLayers'].some((name) => fieldOf(object, name, place) !== undefined);
  if (isIndex && isManifest) throw damaged(place, 'is both an index and a manifest');
  if (!isIndex && !isManifest) {
    if (kindOfMediaType(mediaType) === 'index') return 'index';
    throw damaged(place, 'is neither an index nor an image manifest');
  }
  const kind = isIndex ? 'index' : 'manifest';
  if (mediaType !== '' && kindOfMediaType(mediaType) !== kind)
    throw damaged(place, `says that it is ${JSON.stringify(mediaType.slice(0, 100))} but is an image ${kind}`);
  return kind;
}

function toContent(object: JsonObject, place: Place, limits: Limits): Pick<ImageManifest, 'config' | 'layers'> {
  const config = toDescriptor(objectField(object, 'config', place), below(place, 'config'));
  return { config, layers: toDescriptors(object, 'layers', place, limits) };
}

function toDescriptors(object: JsonObject, name: string, place: Place, limits: Limits): Descriptor[] {
  const list = listField(object, name, place, limits.maxLayers) ?? [];
  return list.map((item, index) => toDescriptor(item, below(below(place, name), index)));
}

/** Charts, signatures, attestations and models use manifests too; a scan of one would find nothing and say so cheerfully. */
function checkIsImage(manifest: ImageManifest, object: JsonObject, place: Place): ImageManifest {
  const { config, layers } = manifest;
  if (!configTypes.includes(config.mediaType))
    throw notAnImage(place, stringField(object, 'artifactType', place) || config.mediaType);
  const first = layers[0];
  if (first !== undefined && !layers.some(({ mediaType }) => /tar|octet-stream/.test(mediaType)))
    throw notAnImage(place, first.mediaType);
  const encrypted = layers.find(({ mediaType }) => mediaType.endsWith('+encrypted'));
  if (encrypted !== undefined)
    throw new PlimsollError(
      'image-unreadable',
      `${place.where} has encrypted layers, which cannot be read. Scan the image before it is encrypted.`,
    );
  return manifest;
}

function notAnImage({ where }: Place, type: string): PlimsollError {
  return new PlimsollError(
    'image-unreadable',
    `${where} is no container image but an artifact of type ${JSON.stringify(type.slice(0, 100))}. Name an image.`,
  );
}
