import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Modules that the Go compiler noted in the programs that it made. https://pkg.go.dev/debug/buildinfo
 * Programs made without modules, or before Go 1.13, say only which Go made them.
 */
export const go: Cataloguer = {
  id: 'binary/go',
  version: 1,
  files: [],
  programs: true,
  // Kubernetes and its like have 150 MB.
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-go.ts')).readGo,
};
