import type { Cataloguer } from '../../cataloguer.ts';

/** Packs of SWI-Prolog. purl has no type for them; `swiplpack` is what others say. https://www.swi-prolog.org/howto/Pack.html */
export const prolog: Cataloguer = {
  id: 'lang/prolog',
  version: 1,
  files: [{ name: 'pack.pl' }],
  maxBytes: 1 << 20,
  load: async () => (await import('./read-pack.ts')).readPack,
};
