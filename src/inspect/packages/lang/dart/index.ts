import type { Cataloguer } from '../../cataloguer.ts';

/** Packages that Dart's and Flutter's lock file names. `pubspec.yaml` is not read: it asks for ranges. */
export const dart: Cataloguer = {
  id: 'lang/dart',
  version: 1,
  files: [{ name: 'pubspec.lock', test: (path) => !/(?:^|\/)\.pub-cache\//.test(path) }],
  maxBytes: 4 << 20,
  load: async () => (await import('./read-pubspec-lock.ts')).readPubspecLock,
};
