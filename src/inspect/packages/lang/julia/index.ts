import type { Cataloguer } from '../../cataloguer.ts';

/** Packages that the manifest of a Julia environment names. `Project.toml` is not read: it asks for ranges. */
export const julia: Cataloguer = {
  id: 'lang/julia',
  version: 1,
  files: [
    { name: 'Manifest.toml' },
    { name: 'JuliaManifest.toml' },
    // One for each version of Julia: `Manifest-v1.11.toml`.
    { suffix: '.toml', test: (path) => /(?:^|\/)(?:Julia)?Manifest-v\d[\d.]{0,20}\.toml$/.test(path) },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-manifest.ts')).readManifest,
};
