import type { Cataloguer } from '../../cataloguer.ts';

/** Debian packages that lie in the image as files. They are not installed by that: of some there is nothing else, others are left from it. */
export const debFile: Cataloguer = {
  id: 'os/deb-file',
  version: 1,
  files: [{ suffix: '.deb' }, { suffix: '.udeb' }],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-deb.ts')).readDeb,
};
