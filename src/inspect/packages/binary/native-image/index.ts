import type { Cataloguer } from '../../cataloguer.ts';

/**
 * Libraries that Oracle's GraalVM compiled into a native program, by the bill of materials that it puts there.
 * https://www.graalvm.org/latest/security-guide/native-image/sbom/ Of what other editions build nothing is known; PE and Mach-O are not
 * read.
 */
export const nativeImage: Cataloguer = {
  id: 'binary/native-image',
  version: 1,
  files: [],
  programs: true,
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-native-image.ts')).readNativeImage,
};
