import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { decodeText } from '../../document/text.ts';
import { collectLocked } from './locked.ts';
import { readYarnBerry } from './read-yarn-berry.ts';
import { readYarnClassic } from './read-yarn-classic.ts';

/** Reads `yarn.lock`, of yarn 1 in its own format or of later ones in YAML. */
export function readYarn(file: OpenFile, limits: Limits): Iterable<Found> {
  const text = decodeText(file);
  const items = /^__metadata:/m.test(text) ? readYarnBerry(file, text, limits) : readYarnClassic(file, text);
  return collectLocked(file, items, limits);
}
