import type { Cataloguer, FilePattern } from '../../cataloguer.ts';

/** Where OpenWrt, OpenEmbedded and Entware keep the database of the root; what opkg put into memory or onto a stick lies elsewhere. */
const folders = ['usr/lib/opkg', 'var/lib/opkg', 'opt/lib/opkg'];

const files: readonly FilePattern[] = folders.flatMap((folder) => [
  { path: `${folder}/status` },
  { suffix: '.control', test: (path: string) => isIn(path, `${folder}/info`) },
  { suffix: '.list', test: (path: string) => isIn(path, `${folder}/info`) },
]);

/** opkg's database, which is dpkg's in small. https://git.yoctoproject.org/opkg/tree/libopkg */
export const opkg: Cataloguer = {
  id: 'os/opkg',
  version: 1,
  files,
  maxBytes: 16 << 20,
  load: async () => (await import('./read-opkg.ts')).readOpkg,
};

function isIn(path: string, folder: string): boolean {
  return path.lastIndexOf('/') === folder.length && path.startsWith(folder);
}
