import type { Cataloguer } from '../../cataloguer.ts';

/**
 * What Spack has installed, by what it writes into each package's folder. purl's list of types has no `spack`; other scanners write it so.
 * https://spack.readthedocs.io/en/latest/spec_syntax.html
 */
export const spack: Cataloguer = {
  id: 'os/spack',
  version: 2,
  files: [{ pathSuffix: '.spack/spec.json' }],
  maxBytes: 16 << 20,
  ownedFolder: (path) => /^(.+)\/\.spack\/[^/]+$/.exec(path)?.[1],
  load: async () => (await import('./read-spec.ts')).readSpec,
};
