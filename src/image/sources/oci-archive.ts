import { stat } from 'node:fs/promises';
import type { Image } from '../../base/model/image.ts';
import { openArchive } from './archive.ts';
import { openLayoutImage } from './oci-layout.ts';
import { splitChoice } from './reference.ts';
import type { OpenOptions } from './source.ts';

/** An OCI layout in a tar archive, as `skopeo copy … oci-archive:FILE` makes it. */
export async function openOciArchive(reference: string, { limits, platform, signal }: OpenOptions): Promise<Image> {
  const { path, wanted } = await splitChoice(reference, (candidate) =>
    stat(candidate).then(
      (found) => found.isFile(),
      () => false,
    ),
  );
  const archive = await openArchive(path, limits, signal);
  const dispose = () => archive[Symbol.asyncDispose]();
  try {
    return await openLayoutImage(archive, { reference: `oci-archive:${reference}`, wanted, platform, limits }, dispose);
  } catch (error) {
    await dispose();
    throw error;
  }
}
