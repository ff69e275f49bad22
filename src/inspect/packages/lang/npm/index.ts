import type { Cataloguer } from '../../cataloguer.ts';
import { isProjectLock, placeOf } from './places.ts';

/**
 * Packages of the npm registry: those that are unpacked in the image, by their own `package.json`, and those that the lock
 * file of a project names. Not read: the zip archives of yarn's Plug'n'Play, so its packages are `declared` only.
 */
export const npm: Cataloguer = {
  id: 'lang/npm',
  version: 3,
  files: [
    { name: 'package.json', test: (path) => placeOf(path) !== undefined },
    { name: 'package-lock.json', test: isProjectLock },
    { name: 'npm-shrinkwrap.json', test: isProjectLock },
    { name: 'yarn.lock', test: isProjectLock },
    { name: 'pnpm-lock.yaml', test: isProjectLock },
    { name: 'bun.lock', test: isProjectLock },
    { name: 'bun.lockb', test: isProjectLock },
  ],
  // The largest lock files of public repositories with thousands of packages have some 5 MB.
  maxBytes: 16 << 20,
  load: async () => (await import('./read-npm.ts')).readNpm,
};
