import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Conda's packages: those that are installed in an environment, and those that an environment file pins. A Python package in one is
 * found twice, as conda's and by its own metadata, since advisories are by the latter.
 */
export const conda: Cataloguer = {
  id: 'lang/conda',
  version: 2,
  files: [{ suffix: '.json', folder: 'conda-meta' }, { name: 'environment.yml' }, { name: 'environment.yaml' }],
  // A record lists the files of its package with their digests: 20 MB for the largest.
  maxBytes: 32 << 20,
  ownedFolder: (path) => /^(.+)\/conda-meta\/[^/]+$/.exec(path)?.[1],
  load: async () => (await import('./read-conda.ts')).readConda,
};
