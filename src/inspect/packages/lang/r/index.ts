import type { Cataloguer } from '../../cataloguer.ts';

/** R's packages: those that are installed, R's own among them, and those that renv's lock file names. */
export const r: Cataloguer = {
  id: 'lang/r',
  version: 1,
  files: [{ name: 'DESCRIPTION' }, { name: 'renv.lock' }],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-r.ts')).readR,
};
