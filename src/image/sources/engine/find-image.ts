import { PlimsollError } from '../../../base/errors.ts';
import type { Digest, Platform } from '../../../base/model/image.ts';
import { discardBody } from '../../../base/net/http-types.ts';
import { parseDigest } from '../../manifest.ts';
import { type Engine, isVersionAtLeast, readJson } from './engine.ts';
import { oneLine, toEngineError } from './engine-error.ts';

/** An image as an engine knows it. */
export interface FoundImage {
  /** Its identity: the configuration's digest, or with containerd's image store that of the manifest or index. */
  readonly id: Digest;
  /** The digests by which its documents can be known: `id`, its manifest's, and those of its platforms. */
  readonly digests: ReadonlySet<Digest>;
  /** What the engine says that it has of it. */
  readonly platforms: readonly Platform[];
}

/** Inspecting lists labels and history too; the largest seen have some 100 KB. */
const maxInspectBytes = 8 * 1024 * 1024;
/** A machine with some thousands of images. */
const maxListBytes = 16 * 1024 * 1024;
/** Images named in an error at most. */
const maxListed = 5;

/** Throws `reference-unreadable` for what no engine takes for an image's name, digest or id. */
export function checkImageName(name: string, scheme: string): void {
  if (name.startsWith('//'))
    throw new PlimsollError(
      'reference-unreadable',
      `"${scheme}:${name.slice(0, 200)}" looks like an image in a registry. Write registry:NAME for that, and ${scheme}:NAME for one that the engine has.`,
    );
  if (name.length <= 512 && /^[\w][\w.+:@-]*(?:\/[\w][\w.+:@-]*)*$/.test(name)) return;
  throw new PlimsollError(
    'reference-unreadable',
    `"${name.slice(0, 200)}" is no name of an image. Write ${scheme}:NAME[:TAG|@DIGEST], or an image's id.`,
  );
}

/** Asks for an image by reference or id; undefined where the engine does not have it. */
export async function findImage(engine: Engine, name: string): Promise<FoundImage | undefined> {
  // Podman's own interface finds a short name as `podman` does; Docker's would only look for it at Docker Hub.
  const libpod = engine.libpodVersion !== undefined;
  const query: Record<string, string> =
    !libpod && isVersionAtLeast(engine.apiVersion, '1.48') ? { manifests: '1' } : {};
  const response = await engine.get({ path: `images/${name}/json`, query, libpod });
  if (response.status === 404) {
    await discardBody(response);
    return undefined;
  }
  if (response.status !== 200) throw await toEngineError(engine, response, name);
  return toFoundImage(await readJson(engine, response, maxInspectBytes, name), engine, name);
}

/** `not-found` with a few of the images that there are. */
export async function imageMissing(engine: Engine, name: string): Promise<PlimsollError> {
  const names = await listNames(engine).catch(() => []);
  const more = names.length > maxListed ? ' …' : '';
  const has =
    names.length === 0 ? 'It has none with a name.' : `It has: ${names.slice(0, maxListed).join(', ')}${more}.`;
  return new PlimsollError(
    'not-found',
    `${engine.title} at ${engine.at} has no image ${name}. ${has} Pull or build it first, or write registry:${name} for an image in a registry.`,
  );
}

async function listNames(engine: Engine): Promise<string[]> {
  const response = await engine.get({ path: 'images/json' });
  if (response.status !== 200) throw await toEngineError(engine, response, 'images');
  const list = await readJson(engine, response, maxListBytes, 'images');
  return (Array.isArray(list) ? list : [])
    .flatMap((item: { RepoTags?: unknown } | null) => (Array.isArray(item?.RepoTags) ? item.RepoTags : []))
    .filter((tag) => typeof tag === 'string' && tag !== '<none>:<none>')
    .map((tag: string) => oneLine(tag));
}

function toFoundImage(value: unknown, engine: Engine, name: string): FoundImage {
  const { Id, Digest: manifest, Manifests: manifests, ...own } = (value ?? {}) as Record<string, unknown>;
  const id = toDigest(Id);
  if (id === undefined)
    throw new PlimsollError(
      'bad-answer',
      `${name}: ${engine.title} at ${engine.at} answers without the image's id. Is this the socket of a container engine?`,
    );
  const entries = (Array.isArray(manifests) ? manifests : []).slice(0, 1000) as (ManifestSummary | null)[];
  const digests = [id, toDigest(manifest), ...entries.map((entry) => toDigest(entry?.ID))];
  const here = entries.filter((entry) => entry?.Available === true).map((entry) => entry?.ImageData?.Platform);
  return {
    id,
    digests: new Set(digests.filter((digest) => digest !== undefined)),
    platforms: [toPlatform(own.Os, own.Architecture, own.Variant), ...here.map(platformOf)].filter(
      (p) => p !== undefined,
    ),
  };
}

/** Of one platform, as Docker with containerd's image store tells it. Unchecked. */
interface ManifestSummary {
  readonly ID?: unknown;
  readonly Available?: unknown;
  readonly ImageData?: { readonly Platform?: Readonly<Record<string, unknown>> | null } | null;
}

function platformOf(platform: Readonly<Record<string, unknown>> | null | undefined): Platform | undefined {
  return toPlatform(platform?.os, platform?.architecture, platform?.variant);
}

function toPlatform(os: unknown, architecture: unknown, variant: unknown): Platform | undefined {
  if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
  return { os, architecture, ...(typeof variant === 'string' && variant !== '' ? { variant } : {}) };
}

/** Podman leaves out the algorithm. */
function toDigest(value: unknown): Digest | undefined {
  if (typeof value !== 'string') return undefined;
  return parseDigest(value.includes(':') ? value : `sha256:${value}`);
}
