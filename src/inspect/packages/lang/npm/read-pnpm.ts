import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { problemOf } from '../../document/problem.ts';
import { isYamlMap, parseYaml, type YamlMap } from '../../document/yaml.ts';
import { collectLocked, type Locked } from './locked.ts';
import { findDevelopmentOnly } from './pnpm-development.ts';
import { parsePnpmKey, withoutPeers } from './pnpm-key.ts';

/**
 * Reads `pnpm-lock.yaml`: lockfileVersion 5 (pnpm 3 to 7), 6 (8) and 9 (9 and later). pnpm 11 may write a document of its own
 * tools before the project's. https://github.com/pnpm/spec/tree/master/lockfile
 */
export function* readPnpm(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectLocked(file, readDocuments(file, parsed.value), limits);
}

function* readDocuments(file: OpenFile, documents: readonly YamlMap[]): Generator<Locked | Problem> {
  for (const document of documents) {
    const version = Number.parseFloat(String(document.get('lockfileVersion')));
    if (version >= 5) yield* readPackages(file, document, version);
    else
      yield problemOf(
        file,
        'unsupported',
        'no lockfileVersion of 5 or later; what it lists is missing from the result',
      );
  }
}

function* readPackages(file: OpenFile, document: YamlMap, lockfileVersion: number): Generator<Locked | Problem> {
  const packages = document.get('packages');
  // A project without dependencies has none.
  if (packages === undefined) return;
  if (!isYamlMap(packages)) {
    yield problemOf(file, 'malformed', 'packages is no mapping; what it lists is missing from the result');
    return;
  }
  const isDevelopment = developmentTest(document, lockfileVersion);
  for (const [key, entry] of packages) {
    if (isYamlMap(entry)) yield toLocked(key, entry, lockfileVersion, isDevelopment(key, entry));
    else
      yield problemOf(
        file,
        'malformed',
        `the entry of ${key.slice(0, 200)} is no mapping; it is missing from the result`,
      );
  }
}

/** Up to version 6 each entry says it; since then it follows from who needs it. */
function developmentTest(document: YamlMap, lockfileVersion: number): (key: string, entry: YamlMap) => boolean {
  if (lockfileVersion < 7) return (_, entry) => entry.get('dev') === 'true';
  const developmentOnly = findDevelopmentOnly(document);
  return (key) => developmentOnly.has(withoutPeers(key));
}

function toLocked(key: string, entry: YamlMap, lockfileVersion: number, development: boolean): Locked {
  const { name, version, address } = parsePnpmKey(key, lockfileVersion);
  return {
    kind: 'locked',
    name: name ?? entry.get('name'),
    version: version ?? entry.get('version'),
    address: address === undefined ? undefined : (resolvedAddress(entry.get('resolution')) ?? address),
    development,
  };
}

function resolvedAddress(resolution: unknown): string | undefined {
  if (!isYamlMap(resolution)) return undefined;
  const { tarball, repo, commit } = Object.fromEntries(resolution) as Record<string, unknown>;
  if (typeof tarball === 'string') return tarball;
  return typeof repo === 'string' && typeof commit === 'string' ? `${repo}#${commit}` : undefined;
}
