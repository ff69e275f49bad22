import type { Cataloguer } from '../../cataloguer.ts';

/** Packages of Hex that Gleam locks. Other tools have a `manifest.toml` too. https://gleam.run/writing-gleam/gleam-toml/ */
export const gleam: Cataloguer = {
  id: 'lang/gleam',
  version: 1,
  files: [{ name: 'manifest.toml', test: (path) => !/(?:^|\/)build\/packages\/[^/]+\/[^/]+$/.test(path) }],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-gleam-manifest.ts')).readGleamManifest,
};
