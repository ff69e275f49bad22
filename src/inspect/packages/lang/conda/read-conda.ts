import type { Limits } from '../../../../base/limits.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed } from '../../document/listed.ts';
import { textOf } from '../../document/table.ts';
import { readEnvironment } from './environment.ts';

/** Reads one file of conda, whichever its name says. */
export function readConda(file: OpenFile, limits: Limits): Iterable<Found> {
  return file.path.endsWith('.json') ? readRecord(file, limits) : readEnvironment(file, limits);
}

/** Reads the record of an installed package. https://docs.conda.io/projects/conda/en/stable/dev-guide/specs/records.html */
function* readRecord(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const { name, version, license } = parsed.value;
  const known = textOf(license);
  const item = { kind: 'listed', name, version, ...(known ? { licenses: [known] } : {}) } as const;
  yield* collectListed(file, { type: 'conda', state: 'installed' }, [item], limits);
}
