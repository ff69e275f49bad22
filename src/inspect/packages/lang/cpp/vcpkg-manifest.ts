import type { Limits } from '../../../../base/limits.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { parseJson } from '../../document/json.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { isTable, type Table, tablesOf, textOf } from '../../document/table.ts';
import { toVcpkgVersion } from './vcpkg-status.ts';

/** Fields that may hold a version, by the scheme that the author chose. */
const versionFields = ['version', 'version-string', 'version-semver', 'version-date'] as const;

/**
 * Reads the manifest of a project: only its overrides are versions, the others come from a baseline elsewhere.
 * https://learn.microsoft.com/vcpkg/reference/vcpkg-json
 */
export function* readVcpkgManifest(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseJson(file);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'generic', state: 'declared' }, readManifest(parsed.value), limits);
}

function* readManifest({ dependencies, overrides }: Table): Generator<Listed | Problem> {
  const purl = { namespace: 'vcpkg' };
  const pinned = new Set<unknown>();
  for (const override of tablesOf(overrides)) {
    pinned.add(override.name);
    const version = versionFields.map((field) => textOf(override[field])).find((text) => text !== undefined);
    const port = override['port-version'];
    yield { kind: 'listed', name: override.name, version: toVcpkgVersion(version, String(port ?? 0)), purl };
  }
  for (const entry of Array.isArray(dependencies) ? dependencies : []) {
    const name: unknown = isTable(entry) ? entry.name : entry;
    if (!pinned.has(name)) yield { kind: 'listed', name, version: undefined, purl };
  }
}
