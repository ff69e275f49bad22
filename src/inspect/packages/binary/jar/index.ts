import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Java archives and the archives inside them, by what Maven, the manifest and the file's name say. An unpacked archive still has its
 * `pom.properties`. https://maven.apache.org/shared/maven-archiver/
 */
export const jar: Cataloguer = {
  id: 'binary/jar',
  version: 2,
  files: [
    { suffix: '.jar' },
    { suffix: '.war' },
    { suffix: '.ear' },
    { suffix: '.par' },
    { suffix: '.nar' },
    { suffix: '.jpi' },
    { suffix: '.hpi' },
    { suffix: '.kar' },
    { suffix: '.sar' },
    { suffix: '.lpkg' },
    { suffix: '.far' },
    { suffix: '.rar' },
    { name: 'pom.properties', test: (path) => /(?:^|\/)META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/.test(path) },
  ],
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-jar.ts')).readJar,
};
