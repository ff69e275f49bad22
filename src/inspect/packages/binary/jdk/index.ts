import type { Cataloguer } from '../../cataloguer.ts';

const folder = /(?:java|jdk|jre|jvm|zulu|corretto|temurin|graal|semeru|openj9|liberica|sapmachine)[^/]{0,100}\//i;

/**
 * Java runtimes, by the `release` file at their top. purl has no type for them, so they are `generic`: no advisories are compared
 * with them. Nothing but `JAVA_VERSION` is in the files of all builds.
 */
export const jdk: Cataloguer = {
  id: 'binary/jdk',
  version: 1,
  // Whatever is read by its own name is not read again where `etc/os-release` links to it, so not every `release` is asked for.
  files: [{ name: 'release', test: (path) => folder.test(path) }],
  maxBytes: 64 << 10,
  load: async () => (await import('./read-jdk.ts')).readJdk,
};
