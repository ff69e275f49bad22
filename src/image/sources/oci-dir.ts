import { stat } from 'node:fs/promises';
import { PlimsollError } from '../../base/errors.ts';
import type { Image } from '../../base/model/image.ts';
import { openLayoutImage } from './oci-layout.ts';
import { splitChoice } from './reference.ts';
import type { OpenOptions } from './source.ts';
import { Folder, unreadable } from './stored-files.ts';

/** An OCI layout in a directory, as `skopeo copy … oci:DIR` makes it. */
export async function openOciDir(reference: string, { limits, platform }: OpenOptions): Promise<Image> {
  const { path, wanted } = await splitChoice(reference, (candidate) =>
    stat(candidate).then(
      (found) => found.isDirectory(),
      () => false,
    ),
  );
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isFile())
    throw new PlimsollError(
      'image-unreadable',
      `${path} is a file, and oci-dir: reads a directory. Without a scheme it is recognised by what it holds: plimsoll scan ./${path.replace(/^\.\//, '')}`,
    );
  return openLayoutImage(
    new Folder(path),
    { reference: `oci-dir:${reference}`, wanted, platform, limits },
    async () => {},
  );
}
