import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Java runtimes, by the `release` file at their top. purl has no type for them, so they are `generic`: no advisories are compared
 * with them. Nothing but `JAVA_VERSION` is in the files of all builds.
 */
export const jdk: Cataloguer = {
  id: 'binary/jdk',
  version: 1,
  files: [{ name: 'release' }],
  maxBytes: 64 << 10,
  load: async () => (await import('./read-jdk.ts')).readJdk,
};
