import type { Cataloguer } from '../../cataloguer.ts';

/**
 * What Homebrew has installed, by the receipts of formulae and casks. purl's list of types has no `brew`; other scanners write it so.
 * https://docs.brew.sh/Manpage#terminology
 */
export const homebrew: Cataloguer = {
  id: 'os/homebrew',
  version: 2,
  files: [
    {
      name: 'INSTALL_RECEIPT.json',
      test: (path) => /(?:^|\/)(?:Cellar\/[^/]+|Caskroom\/[^/]+)\/[^/]+\/[^/]+$/.test(path),
    },
  ],
  maxBytes: 4 << 20,
  ownedFolder: (path) => path.slice(0, path.lastIndexOf('/')),
  load: async () => (await import('./read-receipt.ts')).readReceipt,
};
