import type { Descriptor, Digest, Platform } from '../base/model/image.ts';
import {
  asObject,
  below,
  damaged,
  fieldOf,
  type JsonObject,
  objectField,
  type Place,
  stringField,
  stringMapField,
  stringsField,
} from './json-fields.ts';

/** RFC 6838 allows 127 characters for each half of a media type. */
const maxMediaTypeLength = 255;

/** A digest of an algorithm that is read, its hexadecimal digits complete and in lower case; else undefined. */
export function parseDigest(text: string): Digest | undefined {
  return /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text) ? (text as Digest) : undefined;
}

/** Checks one descriptor. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#properties */
export function toDescriptor(value: unknown, place: Place): Descriptor {
  const object = asObject(value, place);
  const platform = objectField(object, 'platform', place);
  const urls = stringsField(object, 'urls', place);
  const annotations = stringMapField(object, 'annotations', place);
  return {
    mediaType: mediaTypeOf(object, place),
    digest: digestOf(object, place),
    size: sizeOf(object, place),
    ...(platform === undefined ? {} : { platform: toPlatform(platform, below(place, 'platform')) }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    ...(urls.length === 0 ? {} : { urls }),
  };
}

/** The `os`, `architecture` and `variant` of a configuration or descriptor; `unknown` for what it does not say. */
export function toPlatform(object: JsonObject, place: Place): Platform {
  const variant = stringField(object, 'variant', place);
  return {
    os: stringField(object, 'os', place) || 'unknown',
    architecture: stringField(object, 'architecture', place) || 'unknown',
    ...(variant ? { variant } : {}),
  };
}

function mediaTypeOf(object: JsonObject, place: Place): string {
  const mediaType = stringField(object, 'mediaType', place) ?? '';
  if (mediaType.length > maxMediaTypeLength) throw damaged(below(place, 'mediaType'), 'is too long for a media type');
  return mediaType;
}

function digestOf(object: JsonObject, place: Place): Digest {
  const text = stringField(object, 'digest', place);
  const digest = text === undefined ? undefined : parseDigest(text);
  if (digest === undefined) throw damaged(below(place, 'digest'), 'is no sha256 or sha512 digest');
  return digest;
}

function sizeOf(object: JsonObject, place: Place): number {
  const size = fieldOf(object, 'size', place);
  if (!Number.isSafeInteger(size) || (size as number) < 0) throw damaged(below(place, 'size'), 'is no number of bytes');
  return size as number;
}
