import { PlimsollError } from '../../../base/errors.ts';
import type { Image } from '../../../base/model/image.ts';
import { parseManifestOrIndex } from '../../manifest.ts';
import { formatPlatform } from '../../platform.ts';
import { openSavedImage } from '../docker-save.ts';
import { type LayoutChoice, openLayoutImage } from '../oci-layout.ts';
import type { DocumentMemory, OpenOptions } from '../source.ts';
import { connectEngine, type Engine, type EngineKind, type EngineOptions } from './engine.ts';
import { checkImageName, type FoundImage, findImage, imageMissing } from './find-image.ts';
import { recallImage, rememberImage } from './remember-image.ts';
import { saveStreamOf } from './save-stream.ts';
import { readSentImage, type SentImage } from './saved-image.ts';

/** Settings of the connection that only tests change. */
export interface ConnectionSettings {
  readonly timeoutMs?: number;
}

/** Opens an image that a container engine on this machine has. */
export async function openEngineImage(
  kind: EngineKind,
  name: string,
  options: OpenOptions,
  connection: ConnectionSettings = {},
): Promise<Image> {
  checkImageName(name, kind.scheme);
  const engine = await connectEngine(kind, { ...options, ...connection });
  try {
    const found = await findImage(engine, name);
    if (found === undefined) throw await imageMissing(engine, name);
    return await openFound({ engine, found }, `${kind.scheme}:${name}`, options, connection);
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** An engine that has an image of that name, connected; undefined where it has none. */
export async function findEngineImage(
  kind: EngineKind,
  name: string,
  options: EngineOptions,
): Promise<LocalImage | undefined> {
  const engine = await connectEngine(kind, options);
  try {
    const found = await findImage(engine, name);
    if (found === undefined) engine.close();
    return found === undefined ? undefined : { engine, found };
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** An image that an engine has. */
export interface LocalImage {
  readonly engine: Engine;
  readonly found: FoundImage;
}

/** Opens what was found; the image's end closes the engine. */
export async function openFound(
  { engine, found }: LocalImage,
  reference: string,
  options: OpenOptions,
  { timeoutMs }: ConnectionSettings = {},
): Promise<Image> {
  const { platform, limits, signal, documents, takePassing } = options;
  const stream = saveStreamOf(engine, found, { reference, platform, limits, timeoutMs, signal });
  const key = { id: found.id, platform: platform === undefined ? '' : formatPlatform(platform) };
  const open = async (sent: SentImage) =>
    withStamps(await openSent(sent, found, { reference, platform, limits }, async () => engine.close()), engine);
  const recalled = await recallImage(documents, key, stream);
  if (documents !== undefined && recalled !== undefined) {
    const image = await open(recalled);
    if (await isKnown(image, documents)) return image;
  }
  const sent = await readSentImage(stream, signal, takePassing);
  const image = await open(sent);
  await rememberImage(documents, key, sent);
  return image;
}

/** Where one layer must be read, the whole image is streamed anyway: better once, with all that are missing. */
async function isKnown({ layers }: Image, documents: DocumentMemory): Promise<boolean> {
  for (const layer of layers) if (!(await documents.knows(layer))) return false;
  return true;
}

/** Opens what was sent in a way that leads back to the image's id, by the digest of each document on the way. */
async function openSent(
  sent: SentImage,
  { id, digests }: FoundImage,
  choice: LayoutChoice,
  dispose: () => Promise<void>,
): Promise<Image> {
  const entry = await entryAmong(sent, digests, choice);
  if (entry !== undefined) return openLayoutImage(sent, { ...choice, wanted: `@${entry}` }, dispose);
  const isSaved = (await sent.find('manifest.json')) !== undefined;
  const image = await (isSaved ? openSavedImage : openLayoutImage)(sent, choice, dispose);
  if (image.configDigest === undefined || !digests.has(image.configDigest))
    throw new PlimsollError(
      'digest-mismatch',
      `${choice.reference}: the engine sends an image with the configuration ${image.configDigest}, which does not belong to ${id}. Pull or build the image anew.`,
    );
  // A layout that the engine put together to send has a manifest that nobody else knows.
  const { digest: _made, ...known } = image;
  return known;
}

/** What `index.json` names by one of the image's own digests, as Docker with containerd's image store does. */
async function entryAmong(
  sent: SentImage,
  digests: FoundImage['digests'],
  { limits, reference }: LayoutChoice,
): Promise<string | undefined> {
  const index = await sent.find('index.json');
  if (index === undefined) return undefined;
  const bytes = await index.readWhole(limits.maxManifestBytes);
  const document = parseManifestOrIndex(bytes, `${reference}: index.json`, limits);
  if (document.kind !== 'index') return undefined;
  return document.manifests.find(({ digest }) => digests.has(digest))?.digest;
}

/** An engine keeps a layer by its digest: one that was verified once needs no second look while that engine has it. */
function withStamps(image: Image, { at }: Engine): Image {
  const layers = image.layers.map((layer) => ({ ...layer, stamp: async () => `${at} ${layer.diffId}` }));
  return { ...image, layers };
}
