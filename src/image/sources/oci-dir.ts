import { stat } from 'node:fs/promises';
import type { Image } from '../../base/model/image.ts';
import { openLayoutImage } from './oci-layout.ts';
import { splitChoice } from './reference.ts';
import type { OpenOptions } from './source.ts';
import { Folder } from './stored-files.ts';

/** An OCI layout in a directory, as `skopeo copy … oci:DIR` makes it. */
export async function openOciDir(reference: string, { limits, platform }: OpenOptions): Promise<Image> {
  const { path, wanted } = await splitChoice(reference, (candidate) =>
    stat(candidate).then(
      (found) => found.isDirectory(),
      () => false,
    ),
  );
  return openLayoutImage(
    new Folder(path),
    { reference: `oci-dir:${reference}`, wanted, platform, limits },
    async () => {},
  );
}
