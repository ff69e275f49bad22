import type { Cataloguer } from '../../cataloguer.ts';

/** What dnf 4 remembers of its transactions: the repository that each rpm package came from. https://dnf.readthedocs.io/ */
export const dnf: Cataloguer = {
  id: 'os/dnf',
  version: 1,
  files: [{ path: 'var/lib/dnf/history.sqlite' }],
  // A server of many years has some 50 MB.
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-history.ts')).readHistory,
};
