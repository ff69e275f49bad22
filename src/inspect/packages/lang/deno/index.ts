import type { Cataloguer } from '../../cataloguer.ts';

/**
 * What Deno's lock file names: packages of npm and of JSR. purl has no type for JSR, so its packages are `generic`, in the namespace
 * `jsr`. Modules that are fetched from an address are no packages.
 */
export const deno: Cataloguer = {
  id: 'lang/deno',
  version: 1,
  files: [{ name: 'deno.lock' }],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-deno-lock.ts')).readDenoLock,
};
