import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { readInstall } from './install.ts';
import { readSnapshot } from './snapshot.ts';

/** Reads one file of cpanm or Carton, whichever its name says. */
export function readPerl(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.json') ? readInstall(file, limits) : readSnapshot(file, limits);
}
