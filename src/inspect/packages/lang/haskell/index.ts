import type { Cataloguer } from '../../cataloguer.ts';

/** Packages of Haskell: those that a compiler's package database has, and those that Cabal or Stack fixed. */
export const haskell: Cataloguer = {
  id: 'lang/haskell',
  version: 1,
  files: [
    { suffix: '.conf', test: (path) => /(?:^|\/)package\.(?:conf\.d|db)\/[^/]+$/.test(path) },
    { name: 'cabal.project.freeze' },
    { name: 'stack.yaml.lock' },
    { name: 'stack.yaml' },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-haskell.ts')).readHaskell,
};
