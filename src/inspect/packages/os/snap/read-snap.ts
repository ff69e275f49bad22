import type { Limits } from '../../../../base/limits.ts';
import type { Distribution } from '../../../../base/model/package.ts';
import type { Problem } from '../../../../base/model/problem.ts';
import type { Found, OpenFile } from '../../cataloguer.ts';
import { collectListed, type Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { textsOf } from '../../document/table.ts';
import { isYamlMap, parseYaml, type YamlMap } from '../../document/yaml.ts';
import { distributionOfBase, distributionOfManifest } from './ubuntu.ts';

/** Reads what a snap says of itself, or of the Debian packages in it. */
export function* readSnap(file: OpenFile, limits: Limits): Generator<Found> {
  const parsed = parseYaml(file, limits);
  if ('problem' in parsed) yield parsed.problem;
  else yield* collectListed(file, { type: 'snap', state: 'installed' }, itemsOf(file, parsed.value[0]!), limits);
}

function* itemsOf(file: OpenFile, document: YamlMap): Generator<Listed | Problem> {
  if (file.path.endsWith('/snap.yaml')) yield toSnap(document);
  else if (file.path.endsWith('/dpkg.yaml'))
    yield* toPackages(file, textsOf(document.get('packages')), distributionOfBase(file.path));
  else if (document.has('snapcraft-version')) {
    // Others have files of this name too.
    yield toSnap(document);
    yield* toPackages(file, readManifest(document), distributionOfManifest(document));
  }
}

function toSnap(document: YamlMap): Listed {
  const [architecture] = textsOf(document.get('architectures'));
  const license = document.get('license');
  return {
    kind: 'listed',
    name: document.get('name'),
    version: document.get('version'),
    ...(typeof license === 'string' && license !== '' && license !== 'unset' ? { licenses: [license] } : {}),
    ...(architecture ? { purl: { qualifiers: { arch: architecture } } } : {}),
  };
}

/** What is in the snap; older manifests have just what each part took, of which some may have been left out. */
function readManifest(document: YamlMap): string[] {
  const primed = document.get('primed-stage-packages');
  if (Array.isArray(primed)) return [...textsOf(primed)];
  const parts = document.get('parts');
  if (!isYamlMap(parts)) return [];
  return [...parts.values()].flatMap((part) => (isYamlMap(part) ? textsOf(part.get('stage-packages')) : []));
}

/** `libc6:amd64=2.31-0ubuntu9`; only packages that several architectures may be installed of say theirs. */
function* toPackages(
  file: OpenFile,
  entries: readonly string[],
  distribution: Distribution | undefined,
): Generator<Listed | Problem> {
  for (const entry of entries) {
    const [, name, architecture, version] = /^([^=:]{1,300})(?::([a-z0-9-]{1,40}))?=(.{1,300})$/.exec(entry) ?? [];
    const shown = JSON.stringify(entry.slice(0, 80));
    if (name === undefined) yield problemOf(file, 'malformed', `${shown} is no name=version; it is missing`);
    else yield { kind: 'listed', type: 'deb', name, version, architecture, distribution };
  }
}
