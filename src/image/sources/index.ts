import type { Image } from '../../base/model/image.ts';
import { dir } from './dir.ts';
import { dockerArchive } from './docker-archive.ts';
import { ociArchive } from './oci-archive.ts';
import { ociDir } from './oci-dir.ts';
import { parseReference } from './reference.ts';
import type { OpenOptions, Source } from './source.ts';

/** Loaded only when an image in a registry is asked for: the HTTP client costs start-up. */
const registry: Source = {
  scheme: 'registry',
  form: '[HOST/]NAME[:TAG|@DIGEST]',
  open: async (reference, options) => (await import('./registry.ts')).openRegistryImage(reference, options),
};

/** Every way to reach an image. One more source is one more line. */
export const sources: readonly Source[] = Object.freeze([registry, dockerArchive, ociArchive, ociDir, dir]);

/** Opens what a reference names. The caller disposes of the image. */
export async function openImage(reference: string, options: OpenOptions): Promise<Image> {
  const { scheme, rest } = await parseReference(
    reference,
    sources.map((source) => source.scheme),
    options.limits,
  );
  return sources.find((source) => source.scheme === scheme)!.open(rest, options);
}
