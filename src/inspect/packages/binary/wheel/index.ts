import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Python's wheels as they were published, such as those that `ensurepip` installs from. Nothing can import what is inside before it is
 * installed, so they are `declared`. https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
export const wheel: Cataloguer = {
  id: 'binary/wheel',
  version: 1,
  files: [{ suffix: '.whl' }],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-wheel.ts')).readWheel,
};
