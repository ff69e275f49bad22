import type { Cataloguer } from '../../cataloguer.ts';

const folder = 'var/lib/pacman/local/';

/**
 * pacman's local database: a folder a package, named `name-version-release`, with its description and its list of files.
 * https://man.archlinux.org/man/alpm-db-desc.5, https://man.archlinux.org/man/alpm-db-files.5
 */
export const pacman: Cataloguer = {
  id: 'os/pacman',
  version: 1,
  files: [
    { name: 'desc', test: isInDatabase },
    { name: 'files', test: isInDatabase },
  ],
  // The longest lists of files have some 5 MB.
  maxBytes: 32 << 20,
  load: async () => (await import('./read-pacman.ts')).readPacman,
};

/** The database of the image itself, and one level below it. */
function isInDatabase(path: string): boolean {
  return path.startsWith(folder) && path.indexOf('/', folder.length) === path.lastIndexOf('/');
}
