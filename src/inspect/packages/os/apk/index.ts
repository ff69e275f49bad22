import type { Cataloguer } from '../../cataloguer.ts';

/** apk's database, where apk-tools 2 and 3 keep it. https://wiki.alpinelinux.org/wiki/Apk_spec#Installed_Database_V2 */
export const apk: Cataloguer = {
  id: 'os/apk',
  version: 1,
  files: [{ path: 'lib/apk/db/installed' }, { path: 'usr/lib/apk/db/installed' }],
  maxBytes: 32 << 20,
  load: async () => (await import('./read-apk.ts')).readApk,
};
