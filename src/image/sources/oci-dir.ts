import { stat } from 'node:fs/promises';
import { openLayoutImage } from './oci-layout.ts';
import { splitChoice } from './reference.ts';
import type { Source } from './source.ts';
import { Folder } from './stored-files.ts';

/** An OCI layout in a directory, as `skopeo copy … oci:DIR` makes it. */
export const ociDir: Source = {
  scheme: 'oci-dir',
  form: 'PATH[:TAG|@DIGEST]',
  async open(reference, { limits, platform }) {
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
  },
};
