import type { Cataloguer, FilePattern } from '../../cataloguer.ts';

/** Folders whose images carry the release in their name: of most systems, and of Kata Containers. */
const imageFolders = ['boot', 'kata-containers'];
const imageName = /\/(?:vmlinu[xz]|bzImage|Image)(?:$|[-.])[^/]*$/;

/** Symbols for debugging have the names of kernels and hundreds of megabytes. */
const isNoDebugFile = (path: string) => !path.startsWith('usr/lib/debug/');
const isInModules = (path: string) => path.includes('lib/modules/');

const images: readonly FilePattern[] = [
  ...imageFolders.map((folder) => ({
    folder,
    suffix: '',
    test: (path: string) => isNoDebugFile(path) && imageName.test(path),
  })),
  ...['vmlinuz', 'vmlinux', 'bzImage'].map((name) => ({ name, test: isNoDebugFile })),
];

/**
 * Linux kernels and their modules. purl has no type for them, so they are `generic`: no advisories are compared with them but those of
 * the distribution's package that owns them. Modules compressed with xz are counted, not read.
 * https://docs.kernel.org/kbuild/kbuild.html
 */
export const kernel: Cataloguer = {
  id: 'os/kernel',
  version: 2,
  files: [
    ...images,
    { name: 'modules.builtin', test: isInModules },
    { name: 'modules.builtin.modinfo', test: isInModules },
    { name: 'modules.dep', test: isInModules },
    { suffix: '.ko' },
    { suffix: '.ko.gz', test: isInModules },
    { suffix: '.ko.zst', test: isInModules },
  ],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-kernel.ts')).readKernel,
};
