import type { Cataloguer } from '../../cataloguer.ts';

/**
 * The package that a program or library was built for, as the linker noted it. It is there where the package's database is not.
 * https://systemd.io/PACKAGE_METADATA_FOR_EXECUTABLE_FILES/
 */
export const note: Cataloguer = {
  id: 'binary/note',
  version: 1,
  files: [],
  programs: true,
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-note.ts')).readNote,
};
