import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Packages of C and C++: what Conan's lock and project files name and its cache holds, and what vcpkg installed or a manifest
 * pins. purl has no type for vcpkg, so its packages are `generic`, in the namespace `vcpkg`.
 */
export const cpp: Cataloguer = {
  id: 'lang/cpp',
  version: 1,
  files: [
    { name: 'conan.lock' },
    { name: 'conanfile.txt' },
    { name: 'conaninfo.txt' },
    { pathSuffix: 'vcpkg/status' },
    // What the last commands changed, which vcpkg joins with `status` when it runs next.
    { suffix: '', folder: 'vcpkg/updates' },
    { name: 'vcpkg.json' },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-cpp.ts')).readCpp,
};
