import type { Cataloguer } from '../../cataloguer.ts';

const folder = 'opt/bitnami/';

/**
 * What Bitnami's images say of the software in them: a list, in older ones, and a bill of materials for each component.
 * https://github.com/bitnami/containers
 */
export const bitnami: Cataloguer = {
  id: 'os/bitnami',
  version: 2,
  files: [
    { path: `${folder}.bitnami_components.json` },
    { suffix: '.spdx', test: (path) => path.startsWith(folder) && path.includes('/.spdx-') },
  ],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-bitnami.ts')).readBitnami,
};
