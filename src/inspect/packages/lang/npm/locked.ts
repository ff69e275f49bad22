import type { Limits } from '../../../../base/limits.ts';
import type { FoundPackage } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { withoutCredentials } from '../../document/origin.ts';
import { problemOf } from '../../document/problem.ts';
import { commitOf, isPackageName, isVersion } from './descriptor.ts';

/** One entry of any lock file, not yet checked. */
export interface Locked {
  readonly kind: 'locked';
  readonly name: unknown;
  /** Undefined where the format names none: some for what comes from git, an address or a folder. */
  readonly version: unknown;
  /** Where it is not from a registry. */
  readonly address?: string | undefined;
  readonly development?: boolean;
  readonly license?: unknown;
}

/** Entries that are shown one by one before the others are only counted. */
const maxBadEntries = 20;

/**
 * The packages of one lock file, each once however often the tree has it. One that is needed in development only somewhere
 * and otherwise elsewhere is needed otherwise.
 */
export function* collectLocked(file: OpenFile, items: Iterable<Locked | Problem>, limits: Limits): Generator<Found> {
  const packages = new Map<string, FoundPackage>();
  let bad = 0;
  for (const item of items) {
    const found = item.kind === 'locked' ? toPackage(file, item) : item;
    if (found.kind === 'problem') {
      if (++bad <= maxBadEntries) yield found;
    } else addPackage(packages, found);
    if (packages.size + bad > limits.maxPackagesPerFile) {
      yield problemOf(file, 'too-many', `more than ${limits.maxPackagesPerFile} entries; the rest was not read`);
      break;
    }
  }
  if (bad > maxBadEntries)
    yield problemOf(
      file,
      'incomplete',
      `${bad - maxBadEntries} more entries are damaged; they are missing from the result`,
    );
  yield* packages.values();
}

function addPackage(packages: Map<string, FoundPackage>, found: FoundPackage): void {
  const key = `${found.name}@${found.version}`;
  const known = packages.get(key);
  if (known === undefined) packages.set(key, found);
  // What is from the registry in one place is subject to its advisories, and so is what is needed in one.
  else if ((known.origin && !found.origin) || (known.development && !found.development)) {
    const { origin: _origin, development: _development, ...rest } = { ...known, ...found };
    packages.set(key, {
      ...rest,
      ...(known.origin && found.origin ? { origin: found.origin } : {}),
      ...(known.development && found.development ? { development: true } : {}),
    });
  }
}

function toPackage(file: OpenFile, { name, version, address, development, license }: Locked): FoundPackage | Problem {
  if (typeof name !== 'string' || !isPackageName(name))
    return problemOf(file, 'incomplete', `an entry has no package name (${show(name)}); it is missing from the result`);
  const origin = address === undefined ? undefined : withoutCredentials(address);
  const known = typeof version === 'string' && isVersion(version) ? version : undefined;
  // Without a version, what it was made from is the best name for it.
  const shown = known ?? (origin && (commitOf(origin) ?? origin.slice(0, 200)));
  if (!shown)
    return problemOf(
      file,
      'incomplete',
      `the entry of ${name} has no version (${show(version)}); it is missing from the result`,
    );
  const licenses = typeof license === 'string' && license !== '' ? [license.slice(0, 200)] : undefined;
  return {
    kind: 'package',
    type: 'npm',
    name,
    version: shown,
    state: 'declared',
    ...(licenses ? { licenses } : {}),
    ...(origin ? { origin } : {}),
    ...(development ? { development } : {}),
  };
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : typeof value;
}
