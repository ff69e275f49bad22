import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { textOf } from '../../document/table.ts';
import { toDistribution } from './distribution.ts';

/**
 * Reads `install.json` of cpanm. Its `version` is a number that may have lost a zero at its end, and its `name` is a module, so the
 * distribution's own name is read. https://metacpan.org/pod/App::cpanminus
 */
export function* readInstall(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const { dist, pathname } = parsed.value;
  const fullName = textOf(dist);
  if (fullName === undefined)
    yield problemOf(file, 'incomplete', 'it names no distribution, which is missing from the result');
  else {
    const item = toDistribution(fullName, textOf(pathname));
    yield* collectListed(file, { type: 'cpan', state: 'installed' }, [item], limits);
  }
}
