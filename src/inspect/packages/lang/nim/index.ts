import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Packages of Nim: what Nimble has installed, and its lock. purl has no type for them; `nim` is what others say.
 * https://nim-lang.github.io/nimble/
 */
export const nim: Cataloguer = {
  id: 'lang/nim',
  version: 1,
  files: [
    { name: 'nimble.lock' },
    { suffix: '.nimble', test: (path) => /(?:^|\/)pkgs2?\/[^/]+\/[^/]+\.nimble$/.test(path) },
  ],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-nimble.ts')).readNimble,
};
