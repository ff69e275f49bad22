import type { Cataloguer } from '../../cataloguer.ts';

/** Nix's database of the paths in its store, and what waits beside it to be written into it. https://nix.dev/manual/nix/latest/store/ */
export const nix: Cataloguer = {
  id: 'os/nix',
  version: 2,
  files: [{ path: 'nix/var/nix/db/db.sqlite' }, { path: 'nix/var/nix/db/db.sqlite-wal' }],
  maxBytes: 1 << 30,
  ownedFolder: () => 'nix/store',
  loadLarge: async () => (await import('./read-nix.ts')).readNix,
};
