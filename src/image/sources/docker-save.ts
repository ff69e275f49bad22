import { createHash } from 'node:crypto';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Digest, Image, Layer } from '../../base/model/image.ts';
import { historyOfLayers, parseDigest, parseImageConfig } from '../manifest.ts';
import { checkPlatform } from './assemble.ts';
import { fromFile, type LayoutChoice } from './oci-layout.ts';
import { isSafeName, type StoredFiles } from './stored-files.ts';
import { imagesMeantBy } from './wanted-image.ts';

/** One image of an archive's `manifest.json`. */
interface SavedImage {
  readonly config: string;
  readonly tags: readonly string[];
  readonly layers: readonly string[];
}

/**
 * Opens an image as `docker save` writes it: `manifest.json` names a configuration and layers by their paths, whether those are
 * `<id>/layer.tar` (up to Docker 24), `blobs/sha256/…` (since 25) or links to one another.
 * https://github.com/moby/docker-image-spec/blob/main/v1.2.md#combined-image-json--filesystem-changeset-format
 */
export async function openSavedImage(
  files: StoredFiles,
  choice: LayoutChoice,
  dispose: () => Promise<void>,
): Promise<Image> {
  const { limits, reference } = choice;
  const saved = chooseImage(await readManifest(files, limits), files.name, choice);
  const config = await readMember(files, saved.config, limits.maxManifestBytes);
  const configDigest: Digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  checkConfigName(saved.config, configDigest, files.name);
  const parsed = parseImageConfig(config, `${files.name}: ${saved.config}`, limits);
  checkPlatform(parsed.config.platform, choice.platform, files.name);
  if (parsed.diffIds.length !== saved.layers.length) {
    throw new PlimsollError(
      'image-unreadable',
      `${files.name}: manifest.json has ${saved.layers.length} layers, the configuration ${parsed.diffIds.length}. Save the image again.`,
    );
  }
  const created = historyOfLayers(parsed.config, saved.layers.length);
  const layers: Layer[] = [];
  for (const [index, path] of saved.layers.entries()) {
    const createdBy = created[index];
    const file = await findMember(files, path);
    layers.push({
      index,
      diffId: parsed.diffIds[index]!,
      ...(createdBy === undefined ? {} : { createdBy }),
      ...fromFile(file),
    });
  }
  return {
    reference,
    configDigest,
    platform: parsed.config.platform,
    config: parsed.config,
    layers,
    problems: [],
    [Symbol.asyncDispose]: dispose,
  };
}

async function readManifest(files: StoredFiles, limits: Limits): Promise<SavedImage[]> {
  const bytes = await readMember(files, 'manifest.json', limits.maxManifestBytes);
  const wrong = (detail: string) =>
    new PlimsollError('image-unreadable', `${files.name}: manifest.json ${detail}. Save the image again.`);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    throw wrong(`is no JSON (${error instanceof Error ? error.message : error})`);
  }
  if (!Array.isArray(value) || value.length === 0) throw wrong('lists no image');
  if (value.length > 10_000) throw wrong('lists more than 10,000 images');
  return value.map(
    (item, index) =>
      toSavedImage(item, limits) ??
      fail(
        wrong(
          `has no Config or Layers in image ${index + 1}, more than ${limits.maxLayers} layers, or paths that leave the archive`,
        ),
      ),
  );
}

function toSavedImage(item: unknown, limits: Limits): SavedImage | undefined {
  const { Config: config, RepoTags: tags, Layers: layers } = (item ?? {}) as Record<string, unknown>;
  if (typeof config !== 'string' || !isSafeName(config) || !Array.isArray(layers)) return undefined;
  if (layers.length > limits.maxLayers || !layers.every((layer) => typeof layer === 'string' && isSafeName(layer)))
    return undefined;
  return { config, layers, tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [] };
}

function chooseImage(images: readonly SavedImage[], name: string, { wanted }: LayoutChoice): SavedImage {
  const found = wanted === undefined ? images : imagesMeantBy(images, wanted, ({ tags }) => tags);
  if (found.length === 1) return found[0]!;
  const list = images.slice(0, 20).map(({ tags, config }) => tags[0] ?? config);
  const detail =
    found.length === 0 ? `no image ${wanted}` : `${found.length} images; say which, as docker-archive:PATH:TAG`;
  throw new PlimsollError(
    'reference-unreadable',
    `${name} has ${detail}. It has: ${list.join(', ')}${images.length > 20 ? ' …' : ''}.`,
  );
}

async function findMember(files: StoredFiles, path: string) {
  const file = await files.find(path);
  if (file === undefined)
    throw new PlimsollError(
      'image-unreadable',
      `${files.name} lacks ${path}, which its manifest.json names. Save the image again.`,
    );
  return file;
}

async function readMember(files: StoredFiles, path: string, maxBytes: number): Promise<Buffer> {
  return (await findMember(files, path)).readWhole(maxBytes);
}

/** The configuration's file is named by its digest: `<hex>.json` or `blobs/sha256/<hex>`. */
function checkConfigName(path: string, digest: Digest, name: string): void {
  const hex = /([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
  const stated = hex === undefined ? undefined : parseDigest(`sha256:${hex}`);
  if (stated !== undefined && stated !== digest) {
    throw new PlimsollError(
      'digest-mismatch',
      `${name}: the configuration ${path} is damaged: its digest is ${digest}. Save the image again.`,
    );
  }
}

function fail(error: PlimsollError): never {
  throw error;
}
