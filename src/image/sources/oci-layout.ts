import { verifyWhole } from '../../base/bytes/verify.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Limits } from '../../base/limits.ts';
import type { Descriptor, Digest, Image, Platform } from '../../base/model/image.ts';
import { choosePlatform, type ImageIndex, parseManifestOrIndex } from '../manifest.ts';
import { assembleImage, type LayerBytes } from './assemble.ts';
import { otherFormOf } from './other-form.ts';
import type { StoredFile, StoredFiles } from './stored-files.ts';
import { imagesMeantBy } from './wanted-image.ts';

export interface LayoutChoice {
  /** As the user wrote it, with its scheme. */
  readonly reference: string;
  /** Tag (`org.opencontainers.image.ref.name`), or `@` and a digest; undefined where there is only one image. */
  readonly wanted?: string | undefined;
  readonly platform?: Platform | undefined;
  readonly limits: Limits;
  /** What to do about a blob that is missing or of another size, in a sentence without its full stop. */
  readonly remedy?: string;
}

const usualRemedy = 'Save or copy the image again';

/** Indexes within indexes at most; real ones have two. */
const maxIndexDepth = 4;

/**
 * Opens an image of an OCI layout, in a directory or an archive.
 * https://github.com/opencontainers/image-spec/blob/main/image-layout.md
 */
export async function openLayoutImage(
  files: StoredFiles,
  choice: LayoutChoice,
  dispose: () => Promise<void>,
): Promise<Image> {
  const index = await files.find('index.json');
  if (index === undefined)
    throw new PlimsollError(
      'image-unreadable',
      `${files.name} is no OCI layout: it has no index.json.${await otherFormOf(files)}`,
    );
  const bytes = await index.readWhole(choice.limits.maxManifestBytes);
  const chosen = chooseEntry(
    parseManifestOrIndex(bytes, `${files.name}: index.json`, choice.limits),
    files.name,
    choice,
  );
  return openLayoutDescriptor(files, chosen, choice, dispose);
}

/** Opens a manifest, or what an index has for the platform, from the layout's blobs. */
export async function openLayoutDescriptor(
  files: StoredFiles,
  descriptor: Descriptor,
  choice: LayoutChoice,
  dispose: () => Promise<void>,
  depth = 0,
): Promise<Image> {
  const bytes = await readBlob(files, descriptor, choice);
  const document = parseManifestOrIndex(bytes, `${files.name}: ${descriptor.digest}`, choice.limits);
  if (document.kind === 'index') {
    if (depth >= maxIndexDepth)
      throw new PlimsollError('image-unreadable', `${files.name}: indexes are nested more than ${maxIndexDepth} deep.`);
    return openLayoutDescriptor(
      files,
      choosePlatform(await onlyPresent(files, document), choice.platform, choice.reference),
      choice,
      dispose,
      depth + 1,
    );
  }
  const config = await readBlob(files, document.config, choice);
  return assembleImage({
    reference: choice.reference,
    digest: descriptor.digest,
    manifest: document,
    config,
    limits: choice.limits,
    platform: choice.platform,
    bytesOf: async (layer) => fromFile(await findBlob(files, layer, choice)),
    dispose,
  });
}

/** Engines that hold one platform of several save the index whole: what is not there cannot be meant. */
async function onlyPresent(files: StoredFiles, index: ImageIndex): Promise<ImageIndex> {
  const found = await Promise.all(index.manifests.map(({ digest }) => files.find(blobPath(digest))));
  const manifests = index.manifests.filter((_entry, place) => found[place] !== undefined);
  return manifests.length === 0 ? index : { ...index, manifests };
}

/** The entry of the layout's own index that the user means. */
function chooseEntry(
  document: ReturnType<typeof parseManifestOrIndex>,
  name: string,
  { wanted, platform, reference }: LayoutChoice,
): Descriptor {
  if (document.kind !== 'index')
    throw new PlimsollError('image-unreadable', `${name}: index.json is a manifest, not an index.`);
  const { manifests } = document;
  const found = wanted === undefined ? manifests : meantBy(manifests, wanted);
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw new PlimsollError(
      'reference-unreadable',
      `${name} has ${wanted === undefined ? 'no image' : `no image ${wanted}`}. ${listEntries(manifests)}`,
    );
  if (found.every((entry) => entry.platform !== undefined))
    return choosePlatform({ ...document, manifests: found }, platform, reference);
  throw new PlimsollError(
    'reference-unreadable',
    `${name} has ${found.length} images; say which. ${listEntries(found)}`,
  );
}

function meantBy(manifests: readonly Descriptor[], wanted: string): Descriptor[] {
  if (wanted.startsWith('@')) return manifests.filter(({ digest }) => digest === wanted.slice(1));
  return imagesMeantBy(manifests, wanted, ({ annotations }) => nameKeys.flatMap((key) => annotations?.[key] ?? []));
}

/** Annotations that name an image: of the layout, and of containerd and Docker. */
const nameKeys = ['org.opencontainers.image.ref.name', 'io.containerd.image.name'];

function listEntries(entries: readonly Descriptor[]): string {
  const names = entries.slice(0, 20).map(({ digest, annotations }) => {
    const tag = annotations?.['org.opencontainers.image.ref.name'];
    return tag ?? `@${digest}`;
  });
  return names.length === 0
    ? 'Its index.json lists none.'
    : `It has: ${names.join(', ')}${entries.length > 20 ? ' …' : ''}.`;
}

async function readBlob(files: StoredFiles, descriptor: Descriptor, choice: LayoutChoice): Promise<Buffer> {
  const bytes = await (await findBlob(files, descriptor, choice)).readWhole(choice.limits.maxManifestBytes);
  verifyWhole(bytes, descriptor, `${files.name}: blob ${descriptor.digest}`);
  return bytes;
}

async function findBlob(
  files: StoredFiles,
  { digest, size }: Descriptor,
  { remedy = usualRemedy }: LayoutChoice,
): Promise<StoredFile> {
  const file = await files.find(blobPath(digest));
  if (file === undefined)
    throw new PlimsollError('image-unreadable', `${files.name} lacks the blob ${digest}. ${remedy}.`);
  if (file.size !== size) {
    throw new PlimsollError(
      'digest-mismatch',
      `${files.name}: blob ${digest} has ${file.size} bytes, its descriptor states ${size}. ${remedy}.`,
    );
  }
  return file;
}

/** A parsed digest is an algorithm and hexadecimal digits, so it is safe as a path. */
function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** A layer's bytes from a file of the image. */
export function fromFile(file: StoredFile): LayerBytes {
  const { range } = file;
  return {
    local: range !== undefined,
    ...(range === undefined ? {} : { range }),
    stamp: async () => file.stamp?.(),
    open: (signal) => file.stream(signal),
  };
}
