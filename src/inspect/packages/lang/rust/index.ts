import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Crates that Cargo's lock file names. `Cargo.toml` is not read: it asks for ranges, and Cargo keeps what it chose in the lock file.
 * Crates that Cargo fetched bring lock files of their own development, which say nothing of the image.
 */
export const rust: Cataloguer = {
  id: 'lang/rust',
  version: 1,
  files: [{ name: 'Cargo.lock', test: (path) => !/(?:^|\/)registry\/src\//.test(path) }],
  maxBytes: 8 << 20,
  load: async () => (await import('./read-cargo-lock.ts')).readCargoLock,
};
