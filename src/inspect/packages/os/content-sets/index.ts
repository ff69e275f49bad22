import type { Cataloguer } from '../../cataloguer.ts';

/** Red Hat's content sets: the repositories that a layer's rpm packages were taken from. Its own images have them. */
export const contentSets: Cataloguer = {
  id: 'os/content-sets',
  version: 1,
  files: [
    { folder: 'root/buildinfo/content_manifests', suffix: '.json', test: (path) => path.startsWith('root/') },
    { folder: 'usr/share/buildinfo', suffix: '.json', test: (path) => path.startsWith('usr/') },
  ],
  maxBytes: 1 << 20,
  load: async () => (await import('./read-content-sets.ts')).readContentSets,
};
