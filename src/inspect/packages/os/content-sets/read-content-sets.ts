import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';

/** An image has some ten. */
const maxSets = 1000;

/** Reads `content_sets`, names such as `rhel-9-for-x86_64-baseos-rpms`. Other files of these folders have none. */
export function* readContentSets(file: OpenFile): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) {
    yield parsed.problem;
    return;
  }
  const sets = parsed.value.content_sets;
  if (sets === undefined) return;
  const names = Array.isArray(sets) ? sets.filter(isSetName) : [];
  if (names.length > 0) yield { kind: 'content-sets', names: names.slice(0, maxSets) };
  const lost = Array.isArray(sets) ? sets.length - Math.min(names.length, maxSets) : 1;
  if (lost > 0)
    yield {
      kind: 'problem',
      where: { path: file.path },
      code: 'malformed',
      message: `${file.path} has ${lost} ${lost === 1 ? 'entry' : 'entries'} that cannot be used as content sets.`,
    };
}

function isSetName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w.:@+/-]{1,200}$/.test(value);
}
