import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { problemOf } from '../../document/problem.ts';
import { isTable, type Table } from '../../document/table.ts';
import { findDevelopmentOnly } from './bun-development.ts';
import { isVersion, splitDescriptor } from './descriptor.ts';
import { collectLocked, type Locked } from './locked.ts';
import { toPlainJson } from './plain-json.ts';

/** The project's own folders, and what it is linked to: no packages. */
const ownProtocols = /^(?:workspace|link|root):/;

/**
 * Reads `bun.lock`, JSON with comments and trailing commas: each entry is a list that begins with `name@version` or
 * `name@address`. The format names no version for what is not from a registry. https://bun.com/docs/install/lockfile
 */
export function* readBun(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file, toPlainJson);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectLocked(file, readPackages(file, parsed.value), limits);
}

function* readPackages(file: OpenFile, lock: Table): Generator<Locked | Problem> {
  const { packages, lockfileVersion } = lock;
  // A project without dependencies has no packages.
  if (packages === undefined && typeof lockfileVersion === 'number') return;
  if (!isTable(packages)) {
    yield problemOf(file, 'malformed', 'packages is no object; what it lists is missing from the result');
    return;
  }
  const developmentOnly = findDevelopmentOnly(lock, packages);
  for (const [key, entry] of Object.entries(packages)) {
    const taken = Array.isArray(entry) && typeof entry[0] === 'string' ? splitDescriptor(entry[0]) : undefined;
    if (!taken)
      yield problemOf(
        file,
        'incomplete',
        `the entry of ${key.slice(0, 200)} names no package; it is missing from the result`,
      );
    else if (!ownProtocols.test(taken.range)) yield toLocked(taken.name, taken.range, developmentOnly.has(key));
  }
}

function toLocked(name: string, range: string, development: boolean): Locked {
  return isVersion(range)
    ? { kind: 'locked', name, version: range, development }
    : { kind: 'locked', name, version: undefined, address: range, development };
}
