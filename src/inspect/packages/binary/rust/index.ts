import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Crates that cargo-auditable noted in the programs that it built. https://github.com/rust-secure-code/cargo-auditable
 * Programs that plain Cargo builds say nothing of their crates.
 */
export const rustProgram: Cataloguer = {
  id: 'binary/rust',
  version: 1,
  files: [],
  programs: true,
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-auditable.ts')).readAuditable,
};
