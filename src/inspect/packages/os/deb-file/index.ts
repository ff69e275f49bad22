import type { Cataloguer } from '../../cataloguer.ts';
import { isInPackageCache } from '../package-cache.ts';

/** Debian packages that lie in the image as files. They are not installed by that. Package managers' caches are left out. */
export const debFile: Cataloguer = {
  id: 'os/deb-file',
  version: 2,
  files: ['.deb', '.udeb'].map((suffix) => ({ suffix, test: (path: string) => !isInPackageCache(path) })),
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-deb.ts')).readDeb,
};
