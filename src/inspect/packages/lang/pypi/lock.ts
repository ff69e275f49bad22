import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile, ReadPackages } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { isTable, type Table } from '../../document/table.ts';
import { parseToml } from '../../document/toml.ts';
import { isProjectName, isVersionText } from './names.ts';
import { toProblem, Unpinned } from './problem.ts';

/** One package as a lock file has it, its fields unchecked. */
export interface Locked {
  readonly name: unknown;
  /** Absent where the lock file leaves it to the source. */
  readonly version: unknown;
  readonly origin?: string | undefined;
  readonly development?: boolean;
  /** The locked project itself or a part of it, which is left out. */
  readonly isProject?: boolean;
}

/** What a format's reader makes of a document. */
export interface Lock {
  /** Version of the format that the file states, if any. */
  readonly version: unknown;
  /** Major versions that are read. */
  readonly majors: readonly number[];
  /** Undefined where the document has no packages in the place for them. */
  readonly packages: Iterable<Locked> | undefined;
}

const maxOriginLength = 2000;

/** What a format's reader makes of a list of packages; undefined where the document has none. What is no table has no name. */
export function toLockedList(list: unknown, toLocked: (entry: Table) => Locked): readonly Locked[] | undefined {
  if (list === undefined) return undefined;
  const nameless: Locked = { name: undefined, version: undefined };
  return Array.isArray(list) ? list.map((entry) => (isTable(entry) ? toLocked(entry) : nameless)) : [nameless];
}

/** A reader of lock files: what all formats share is here, what `toLock` finds in a document differs. */
export function lockReader(format: 'toml' | 'json', toLock: (document: Table) => Lock): ReadPackages {
  return function* (file, limits) {
    const parsed = format === 'json' ? parseJson(file) : parseToml(file, limits);
    if ('problem' in parsed) yield parsed.problem;
    else yield* readLock(file, toLock(parsed.value));
  };
}

function* readLock(file: OpenFile, lock: Lock): Generator<Found> {
  yield* checkVersion(file, lock);
  const unpinned = new Unpinned();
  let damaged = 0;
  for (const { name, version, origin, development, isProject } of lock.packages ?? []) {
    if (isProject) continue;
    if (typeof name !== 'string' || !isProjectName(name)) damaged++;
    else if (version === undefined) unpinned.add(name);
    else if (typeof version !== 'string' || !isVersionText(version)) damaged++;
    else yield toPackage(name, version, origin, development);
  }
  yield* unpinned.toProblems(file);
  if (damaged > 0)
    yield toProblem(
      file,
      'malformed',
      `has ${damaged} packages without a valid name and version; they are missing from the result`,
    );
}

function* checkVersion(file: OpenFile, { version, majors, packages }: Lock): Generator<Problem> {
  if (version === undefined && packages === undefined) {
    yield toProblem(file, 'malformed', 'has neither packages nor the version of its format');
    return;
  }
  const stated = typeof version === 'string' || typeof version === 'number' ? String(version).slice(0, 20) : undefined;
  if (version !== undefined && !majors.includes(Number.parseInt(stated ?? '', 10)))
    yield toProblem(file, 'unsupported', `has version ${stated ?? '?'} of its format; it may say more than was read`);
}

function toPackage(name: string, version: string, origin: string | undefined, development = false): FoundPackage {
  return {
    kind: 'package',
    type: 'pypi',
    name,
    version,
    state: 'declared',
    ...(origin ? { origin: origin.slice(0, maxOriginLength) } : {}),
    ...(development ? { development } : {}),
  };
}
