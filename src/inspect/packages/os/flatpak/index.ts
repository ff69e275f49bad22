import type { Cataloguer } from '../../cataloguer.ts';

/**
 * What Flatpak has deployed, for all users or for one: applications, runtimes and their extensions. purl's list of types has no
 * `flatpak`; other scanners write it so. https://docs.flatpak.org/en/latest/repositories.html
 */
export const flatpak: Cataloguer = {
  id: 'os/flatpak',
  version: 1,
  files: [
    { name: 'deploy', test: (path) => /(?:^|\/)(?:app|runtime)\/(?:[^/]+\/){3}[0-9a-f]{64}\/deploy$/.test(path) },
  ],
  maxBytes: 1 << 20,
  load: async () => (await import('./read-deploy.ts')).readDeploy,
};
