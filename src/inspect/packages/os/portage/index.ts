import type { Cataloguer } from '../../cataloguer.ts';

const folder = 'var/db/pkg/';

/**
 * Portage's database of installed packages: a folder for each, `category/name-version`, with one file for each thing that is known.
 * https://wiki.gentoo.org/wiki//var/db/pkg
 */
export const portage: Cataloguer = {
  id: 'os/portage',
  version: 1,
  files: [
    { name: 'CONTENTS', test: isInDatabase },
    { name: 'LICENSE', test: isInDatabase },
  ],
  // The sources of a kernel have some 10 MB of names.
  maxBytes: 32 << 20,
  load: async () => (await import('./read-portage.ts')).readPortage,
};

/** Two folders below the database: category, package. */
function isInDatabase(path: string): boolean {
  return path.startsWith(folder) && path.split('/', 7).length === 6;
}
