import type { Cataloguer } from '../../cataloguer.ts';

/**
 * The manifest of an Ubuntu image that Chisel cut, which has no database of dpkg.
 * https://documentation.ubuntu.com/chisel/en/latest/reference/manifest/
 */
export const chisel: Cataloguer = {
  id: 'os/chisel',
  version: 2,
  files: [{ path: 'var/lib/chisel/manifest.wall' }],
  // Compressed; those of published images have some 50 KB.
  maxBytes: 16 << 20,
  load: async () => (await import('./read-chisel.ts')).readChisel,
};
