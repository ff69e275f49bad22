import type { Cataloguer } from '../../cataloguer.ts';

/**
 * The packages of Google's Container-Optimized OS. purl's list of types has no `cos`; other scanners write it so.
 * https://cloud.google.com/container-optimized-os/docs/how-to/view-installed-packages
 */
export const cos: Cataloguer = {
  id: 'os/cos',
  version: 1,
  files: [{ path: 'etc/cos-package-info.json' }],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-package-info.ts')).readPackageInfo,
};
