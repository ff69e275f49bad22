import type { Cataloguer, FilePattern } from '../../cataloguer.ts';
import { patternsOf } from './file-names.ts';
import { signatures } from './table.ts';

let patterns: readonly FilePattern[] | undefined;

/**
 * Software that no package manager knows, such as what was copied into `/usr/local`: files of a known name in which the version can
 * be read. Nothing is said of files that were renamed, nor of those that a distribution's package owns.
 */
export const signature: Cataloguer = {
  id: 'binary/signature',
  version: 3,
  /** Made when a file is asked about: scans of what is remembered ask about none. */
  get files() {
    patterns ??= patternsOf(signatures);
    return patterns;
  },
  // Chromium has 300 MB; of each, `scanBounds` says how much is looked at.
  maxBytes: 1 << 30,
  loadLarge: async () => (await import('./read-signature.ts')).readSignature,
};
