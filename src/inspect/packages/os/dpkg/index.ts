import type { Cataloguer } from '../../cataloguer.ts';

/**
 * dpkg's database: https://man7.org/linux/man-pages/man1/dpkg.1.html#FILES. Distroless images have no `status`, but a file a
 * package in `status.d`, with its checksums beside it.
 */
export const dpkg: Cataloguer = {
  id: 'os/dpkg',
  version: 2,
  files: [
    { path: 'var/lib/dpkg/status' },
    { folder: 'var/lib/dpkg/status.d', suffix: '' },
    { folder: 'var/lib/dpkg/info', suffix: '.list' },
    { folder: 'var/lib/dpkg/info', suffix: '.md5sums' },
  ],
  // The status of a full desktop has some 5 MB.
  maxBytes: 32 << 20,
  load: async () => (await import('./read-dpkg.ts')).readDpkg,
};
