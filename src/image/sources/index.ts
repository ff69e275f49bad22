import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { parseReference } from './reference.ts';
import type { OpenOptions, Source } from './source.ts';

/** Every way to reach an image. One more source is one more line. */
export const sources: readonly Source[] = Object.freeze([
  {
    scheme: 'registry',
    form: '[HOST/]NAME[:TAG|@DIGEST]',
    load: async () => (await import('./registry.ts')).openRegistryImage,
  },
  {
    scheme: 'docker-archive',
    form: 'PATH[:TAG]',
    load: async () => (await import('./docker-archive.ts')).openDockerArchive,
  },
  {
    scheme: 'oci-archive',
    form: 'PATH[:TAG|@DIGEST]',
    load: async () => (await import('./oci-archive.ts')).openOciArchive,
  },
  { scheme: 'oci-dir', form: 'PATH[:TAG|@DIGEST]', load: async () => (await import('./oci-dir.ts')).openOciDir },
  { scheme: 'docker', form: 'NAME[:TAG|@DIGEST]|ID', load: async () => (await import('./docker.ts')).openDockerImage },
  { scheme: 'podman', form: 'NAME[:TAG|@DIGEST]|ID', load: async () => (await import('./podman.ts')).openPodmanImage },
  {
    scheme: 'containerd',
    form: 'NAME[:TAG|@DIGEST]|ID',
    load: async () => (await import('./containerd.ts')).openContainerdImage,
  },
  { scheme: 'dir', form: 'PATH', load: async () => (await import('./dir.ts')).openDirectory },
]);

/** Opens what a reference names. The caller disposes of the image. */
export async function openImage(reference: string, options: OpenOptions): Promise<Image> {
  const known = sources.map(({ scheme }) => scheme);
  const { scheme, rest, isGuess } = await parseReference(reference, known, options.limits);
  if (isGuess) {
    const { openLocalImage } = await import('./local-engines.ts');
    const local = await openLocalImage(rest, options);
    if (local !== undefined) return local;
  }
  const open = await sources.find((source) => source.scheme === scheme)!.load();
  return open(rest, options).catch((error: unknown) => {
    throw isGuess && error instanceof PlimsollError ? withPathHint(error, reference) : error;
  });
}

/** Whoever names an image without a scheme may have meant a file. */
function withPathHint(error: PlimsollError, reference: string): PlimsollError {
  const hint = `There is no file or directory ${reference} either.`;
  return new PlimsollError(error.code, `${error.message} ${hint}`, { cause: error });
}
