import type { Cataloguer } from '../../cataloguer.ts';

/**
 * opam's packages: those that are installed in a switch, and those that `opam lock` wrote down. Other opam files describe a project,
 * with ranges for what it needs.
 */
export const ocaml: Cataloguer = {
  id: 'lang/ocaml',
  version: 1,
  files: [
    { name: 'opam', test: (path) => /(?:^|\/)\.opam-switch\/packages\/[^/]+\/opam$/.test(path) },
    { name: 'opam.locked' },
    { suffix: '.opam.locked' },
  ],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-opam.ts')).readOpam,
};
