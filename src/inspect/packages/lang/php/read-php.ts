import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readComposer } from './composer.ts';
import { readPear } from './pear.ts';

/** Reads one file of Composer or PEAR, whichever its name says. */
export function readPhp(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.reg') ? readPear(file, limits) : readComposer(file, limits);
}
