import type { Cataloguer, FilePattern } from '../../cataloguer.ts';

/** Where distributions keep the database: the oldest place, SUSE's and Fedora's, and that of systems made by rpm-ostree. */
const folders = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];

/** Berkeley DB until 2020, SUSE's ndb, SQLite since, and what waits beside that to be written into it. */
const names = ['Packages', 'Packages.db', 'rpmdb.sqlite', 'rpmdb.sqlite-wal'];

const files: readonly FilePattern[] = folders.flatMap((folder) => names.map((name) => ({ path: `${folder}/${name}` })));

/** rpm's database. https://rpm-software-management.github.io/rpm/manual/ */
export const rpm: Cataloguer = {
  id: 'os/rpm',
  version: 2,
  files,
  // A desktop's has some 300 MB.
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-rpm.ts')).readRpm,
};
