import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Snaps that were unpacked, and the Debian packages in them: `meta/snap.yaml` is in each, `snap/manifest.yaml` in those that were
 * told to have it, `dpkg.yaml` in those that others are based on. A `.snap` itself is a file system of its own and is not opened.
 * https://snapcraft.io/docs/snap-format
 */
export const snap: Cataloguer = {
  id: 'os/snap',
  version: 2,
  files: [
    { pathSuffix: 'meta/snap.yaml' },
    { pathSuffix: 'snap/manifest.yaml' },
    { pathSuffix: 'usr/share/snappy/dpkg.yaml' },
  ],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-snap.ts')).readSnap,
};
