import type { Cataloguer } from '../../cataloguer.ts';
import { isInPackageCache } from '../package-cache.ts';

/** rpm packages that lie in the image as files. They are not installed by that. Package managers' caches are left out. */
export const rpmFile: Cataloguer = {
  id: 'os/rpm-file',
  version: 1,
  files: [{ suffix: '.rpm', test: (path) => !isInPackageCache(path) }],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-rpm-file.ts')).readRpmFile,
};
