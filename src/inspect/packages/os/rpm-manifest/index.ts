import type { Cataloguer } from '../../cataloguer.ts';

/** What distroless images of Azure Linux (CBL-Mariner) have instead of rpm's database: a list of the packages that made them. */
export const rpmManifest: Cataloguer = {
  id: 'os/rpm-manifest',
  version: 1,
  // Beside it there is container-manifest-1, with less.
  files: [{ path: 'var/lib/rpmmanifest/container-manifest-2' }],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-manifest.ts')).readManifest,
};
