import type { Cataloguer } from '../../cataloguer.ts';

/** Which distribution and release this is: os-release, and what there was before it. */
export const release: Cataloguer = {
  id: 'os/release',
  version: 3,
  files: [
    { path: 'etc/os-release' },
    { path: 'usr/lib/os-release' },
    { path: 'etc/lsb-release' },
    { path: 'etc/alpine-release' },
    { path: 'etc/debian_version' },
    { path: 'etc/centos-release' },
    { path: 'etc/rocky-release' },
    { path: 'etc/almalinux-release' },
    { path: 'etc/alma-release' },
    { path: 'etc/oracle-release' },
    { path: 'etc/fedora-release' },
    { path: 'etc/redhat-release' },
    { path: 'etc/system-release' },
  ],
  hasFallbacks: true,
  maxBytes: 64 << 10,
  load: async () => (await import('./read-release.ts')).readRelease,
};
