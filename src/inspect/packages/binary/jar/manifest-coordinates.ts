import { toExactVersion } from '../../lang/java/coordinates.ts';
import { isGroup } from './bundle-group.ts';
import type { Coordinates } from './coordinates.ts';
import { parseFileName } from './file-name.ts';
import { groupOf } from './known-group.ts';
import type { Manifest } from './manifest.ts';

/** What an archive without word of Maven is, by its manifest and its name. Undefined where neither has a version. */
export function coordinatesOf(stem: string, manifest: Manifest): Coordinates | undefined {
  return statedCoordinates(manifest) ?? derivedCoordinates(stem, manifest);
}

/** NiFi and Jenkins write them out. */
function statedCoordinates(manifest: Manifest): Coordinates | undefined {
  const pick = (...names: readonly string[]) => names.map((name) => manifest.get(name)).find((value) => value);
  const group = pick('nar-group', 'group-id');
  const artifact = pick('nar-id', 'artifact-id', 'short-name');
  const version = toVersion(pick('nar-version', 'plugin-version'));
  return isGroup(group) && artifact && version ? { group, artifact, version } : undefined;
}

function derivedCoordinates(stem: string, manifest: Manifest): Coordinates | undefined {
  const versions = ['implementation-version', 'bundle-version', 'specification-version']
    .map((name) => toVersion(manifest.get(name)))
    .filter((version) => version !== undefined);
  const { artifact, version } = parseFileName(stem, versions);
  if (version !== undefined) return withGroup(artifact, version, manifest);
  return versions[0] === undefined ? undefined : withGroup(nameIn(manifest) ?? artifact, versions[0], manifest);
}

function withGroup(artifact: string, version: string, manifest: Manifest): Coordinates {
  const group = groupOf(artifact, manifest);
  return { ...(group ? { group } : {}), artifact, version };
}

/** A title that is an artifact's name, where the file's name says no version and so may be anything: `app.jar`. */
function nameIn(manifest: Manifest): string | undefined {
  const title = manifest.get('implementation-title');
  return title !== undefined && /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/.test(title) ? title : undefined;
}

/** The first word: some write `2.7.7 (build 14)`. */
function toVersion(text: string | undefined): string | undefined {
  const word = /^\s*v?(\d[^\s,;]{0,100})/.exec(text ?? '')?.[1];
  return toExactVersion(word);
}
