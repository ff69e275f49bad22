import { stat } from 'node:fs/promises';
import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { type Archive, openArchive } from './archive.ts';
import { openSavedImage } from './docker-save.ts';
import { type LayoutChoice, openLayoutImage } from './oci-layout.ts';
import { otherFormOf } from './other-form.ts';
import { splitChoice } from './reference.ts';
import type { OpenOptions } from './source.ts';

/** What `docker save` writes: of old and new engines, and shaped as an OCI layout. */
export async function openDockerArchive(reference: string, { limits, platform, signal }: OpenOptions): Promise<Image> {
  const { path, wanted } = await splitChoice(reference, (candidate) =>
    stat(candidate).then(
      (found) => found.isFile(),
      () => false,
    ),
  );
  const archive = await openArchive(path, limits, signal);
  try {
    return await openMember(archive, { reference: `docker-archive:${reference}`, wanted, platform, limits });
  } catch (error) {
    await archive[Symbol.asyncDispose]();
    throw error;
  }
}

/** `manifest.json` comes first: with it, tags are the ones that Docker shows. */
async function openMember(archive: Archive, choice: LayoutChoice): Promise<Image> {
  const dispose = () => archive[Symbol.asyncDispose]();
  if ((await archive.find('manifest.json')) !== undefined) return openSavedImage(archive, choice, dispose);
  if ((await archive.find('index.json')) !== undefined) return openLayoutImage(archive, choice, dispose);
  const old = (await archive.find('repositories')) !== undefined;
  const detail = old
    ? 'it is of a Docker before 1.10; load it and save it again'
    : 'it has neither manifest.json nor index.json';
  throw new PlimsollError(
    'image-unreadable',
    `${archive.name} is no image archive that can be read: ${detail}.${await otherFormOf(archive)}`,
  );
}
