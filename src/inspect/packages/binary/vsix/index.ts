import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Extensions of Visual Studio Code as they were published. An editor unpacks them before it can use them, so they are `declared`.
 * https://code.visualstudio.com/api/working-with-extensions/publishing-extension
 */
export const vsix: Cataloguer = {
  id: 'binary/vsix',
  version: 1,
  files: [{ suffix: '.vsix' }],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-vsix.ts')).readVsix,
};
