import type { Cataloguer } from '../../cataloguer.ts';

/**
 * What build files of the Java world name: lock files of Gradle, sbt and Bazel, Gradle's version catalogues and verification
 * metadata, Maven's `pom.xml`. A `pom.xml` inside an unpacked archive describes how that was built, so it is not read.
 */
export const java: Cataloguer = {
  id: 'lang/java',
  version: 1,
  files: [
    { suffix: 'gradle.lockfile' },
    { suffix: '.lockfile', folder: 'gradle/dependency-locks' },
    { suffix: '.sbt.lock' },
    { name: 'maven_install.json' },
    { pathSuffix: 'gradle/verification-metadata.xml' },
    { suffix: '.versions.toml' },
    { name: 'pom.xml', test: (path) => !/(?:^|\/)META-INF\/maven\//.test(path) },
  ],
  maxBytes: 16 << 20,
  load: async () => (await import('./read-java.ts')).readJava,
};
