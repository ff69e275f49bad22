import type { Limits } from '../base/limits.ts';
import type { Digest, HistoryEntry, ImageConfig } from '../base/model/image.ts';
import { parseDigest, toPlatform } from './descriptor.ts';
import {
  asObject,
  below,
  damaged,
  fieldOf,
  type JsonObject,
  keysField,
  listField,
  objectField,
  type Place,
  parseJsonObject,
  stringField,
  stringMapField,
  stringsField,
} from './json-fields.ts';

/** Instructions for each layer at most, since most of them make none. */
const historyPerLayer = 100;

/**
 * Reads an image's configuration and its layers' diffIDs, bottom first. A field of the wrong type stops it, as it stops the
 * engines. https://github.com/opencontainers/image-spec/blob/main/config.md#properties
 * @param where Names the document in errors.
 */
export function parseImageConfig(
  bytes: Uint8Array,
  where: string,
  limits: Limits,
): { config: ImageConfig; diffIds: Digest[] } {
  const object = parseJsonObject(bytes, where, limits);
  const place = { where, path: '' };
  const created = stringField(object, 'created', place);
  const config: ImageConfig = {
    platform: toPlatform(object, place),
    ...(created === undefined ? {} : { created }),
    ...toExecution(objectField(object, 'config', place) ?? {}, below(place, 'config')),
    history: toHistory(object, place, limits),
  };
  return { config, diffIds: toDiffIds(object, place, limits) };
}

/**
 * The instruction that made each layer, from the history without its empty layers. Undefined for every layer where the
 * numbers differ, as after squashing: a wrong name would be worse than none.
 */
export function historyOfLayers({ history }: ImageConfig, layerCount: number): (string | undefined)[] {
  const filled = history.filter(({ emptyLayer }) => !emptyLayer);
  if (filled.length !== layerCount) return new Array<undefined>(layerCount).fill(undefined);
  return filled.map(({ createdBy }) => createdBy);
}

function toExecution(object: JsonObject, place: Place): Omit<ImageConfig, 'platform' | 'created' | 'history'> {
  const user = stringField(object, 'User', place);
  const workingDir = stringField(object, 'WorkingDir', place);
  return {
    ...(user ? { user } : {}),
    ...(workingDir ? { workingDir } : {}),
    env: stringsField(object, 'Env', place),
    entrypoint: stringsField(object, 'Entrypoint', place),
    cmd: stringsField(object, 'Cmd', place),
    exposedPorts: keysField(object, 'ExposedPorts', place),
    volumes: keysField(object, 'Volumes', place),
    labels: stringMapField(object, 'Labels', place),
  };
}

function toHistory(object: JsonObject, place: Place, limits: Limits): HistoryEntry[] {
  const list = listField(object, 'history', place, limits.maxLayers * historyPerLayer) ?? [];
  return list.map((item, index) => toHistoryEntry(item, below(below(place, 'history'), index)));
}

function toHistoryEntry(item: unknown, place: Place): HistoryEntry {
  const entry = asObject(item, place);
  const createdBy = stringField(entry, 'created_by', place);
  return { ...(createdBy ? { createdBy } : {}), emptyLayer: fieldOf(entry, 'empty_layer', place) === true };
}

function toDiffIds(object: JsonObject, place: Place, limits: Limits): Digest[] {
  const rootfs = objectField(object, 'rootfs', place);
  if (rootfs === undefined) throw damaged(below(place, 'rootfs'), 'is missing, so this is no image configuration');
  const at = below(place, 'rootfs');
  const list = listField(rootfs, 'diff_ids', at, limits.maxLayers) ?? [];
  return list.map((item, index) => {
    const digest = typeof item === 'string' ? parseDigest(item) : undefined;
    if (digest === undefined) throw damaged(below(below(at, 'diff_ids'), index), 'is no sha256 or sha512 digest');
    return digest;
  });
}
