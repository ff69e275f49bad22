import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readDescription } from './description.ts';
import { readRenvLock } from './renv-lock.ts';

/** Reads one file of R or renv, whichever its name says. */
export function readR(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.lock') ? readRenvLock(file, limits) : readDescription(file, limits);
}
