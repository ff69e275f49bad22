import type { Cataloguer } from '../../cataloguer.ts';

/**
 * The packages of Bottlerocket, which has no database of rpm. purl's list of types has no `bottlerocket`; other scanners write it so.
 * https://github.com/bottlerocket-os/bottlerocket
 */
export const bottlerocket: Cataloguer = {
  id: 'os/bottlerocket',
  version: 1,
  files: [
    { path: 'usr/share/bottlerocket/application-inventory.json' },
    { path: 'x86_64-bottlerocket-linux-gnu/sys-root/usr/share/bottlerocket/application-inventory.json' },
    { path: 'aarch64-bottlerocket-linux-gnu/sys-root/usr/share/bottlerocket/application-inventory.json' },
  ],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-inventory.ts')).readInventory,
};
