import type { Cataloguer } from '../../cataloguer.ts';

/**
 * CPAN's distributions: those that cpanm or Carton installed, by the `install.json` that these keep, and those that Carton's
 * snapshot names. Not read: `.packlist`, which holds no version, and `MYMETA.json` beside `install.json`, which repeats it without
 * the author. What the `cpan` shell installs leaves nothing else.
 */
export const perl: Cataloguer = {
  id: 'lang/perl',
  version: 1,
  files: [
    { name: 'install.json', test: (path) => /(?:^|\/)\.meta\/[^/]+\/install\.json$/.test(path) },
    { name: 'cpanfile.snapshot' },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-perl.ts')).readPerl,
};
