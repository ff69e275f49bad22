import type { Cataloguer } from '../../cataloguer.ts';

/** rpm packages that lie in the image as files. They are not installed by that: of some there is nothing else, others are left from it. */
export const rpmFile: Cataloguer = {
  id: 'os/rpm-file',
  version: 1,
  files: [{ suffix: '.rpm' }],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-rpm-file.ts')).readRpmFile,
};
