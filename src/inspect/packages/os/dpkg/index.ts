import type { Cataloguer } from '../../cataloguer.ts';

/** The system's own: of a chroot or a copy of another root below this one, `status` is not read either. */
const isOfRoot = (path: string) => path.startsWith('var/lib/dpkg/');

/**
 * dpkg's database: https://man7.org/linux/man-pages/man1/dpkg.1.html#FILES. Distroless images have no `status`, but a file a
 * package in `status.d`, with its checksums beside it.
 */
export const dpkg: Cataloguer = {
  id: 'os/dpkg',
  version: 3,
  files: [
    { path: 'var/lib/dpkg/status' },
    { folder: 'var/lib/dpkg/status.d', suffix: '', test: isOfRoot },
    { folder: 'var/lib/dpkg/info', suffix: '.list', test: isOfRoot },
    { folder: 'var/lib/dpkg/info', suffix: '.md5sums', test: isOfRoot },
  ],
  // The status of a full desktop has some 5 MB.
  maxBytes: 32 << 20,
  load: async () => (await import('./read-dpkg.ts')).readDpkg,
};
