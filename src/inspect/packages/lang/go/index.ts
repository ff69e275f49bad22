import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Go modules by their sources: what `go.mod` asks for, and what lies in `vendor`. Modules in Go's own cache and in test data bring files
 * that say nothing of the image; programs are read by `binary/go`.
 */
export const goModule: Cataloguer = {
  id: 'lang/go',
  version: 1,
  files: [
    { name: 'go.mod', test: isProject },
    { pathSuffix: 'vendor/modules.txt', test: isProject },
  ],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-go-module.ts')).readGoModule,
};

/** Places of Go's own library, its cache, tests, and modules inside others. */
const others: readonly RegExp[] = [
  /(?:^|\/)go(?:-[\d.]{1,10})?\/src\/(?:cmd\/)?vendor\//,
  /(?:^|\/)(?:pkg\/mod|testdata)\//,
  /(?:^|\/)vendor\/.*go\.mod$/,
];

function isProject(path: string): boolean {
  return !others.some((other) => other.test(path));
}
