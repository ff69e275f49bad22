import type { Cataloguer } from '../../cataloguer.ts';

const folder = 'opt/bitnami/';
const ownedFolder = folder.slice(0, -1);

/**
 * What Bitnami's images say of the software in them: a list, in older ones, and a bill of materials for each component.
 * https://github.com/bitnami/containers
 */
export const bitnami: Cataloguer = {
  id: 'os/bitnami',
  version: 4,
  files: [
    { path: `${folder}.bitnami_components.json` },
    { suffix: '.spdx', test: (path) => path.startsWith(folder) && path.includes('/.spdx-') },
  ],
  maxBytes: 16 << 20,
  ownedFolder: () => ownedFolder,
  load: async () => (await import('./read-bitnami.ts')).readBitnami,
};
