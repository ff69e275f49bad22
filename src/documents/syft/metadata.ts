import type { Package } from '../../base/model/package.ts';
import type { JsonValue } from '../json-text.ts';
import type { Artifact } from './document.ts';

type Metadata = Pick<Artifact, 'metadataType' | 'metadata'>;

/**
 * What Grype takes from packages beside their names: the source package of a distribution's, the group of a Java archive. Facts that
 * the shape wants and nobody has read are empty, as Syft itself leaves them.
 */
export function toMetadata(item: Package): Metadata {
  return makers.get(item.type)?.(item) ?? {};
}

const makers: ReadonlyMap<string, (item: Package) => Metadata> = new Map([
  ['deb', (item) => ({ metadataType: 'dpkg-db-entry', metadata: toDpkg(item) })],
  ['apk', (item) => ({ metadataType: 'apk-db-entry', metadata: toApk(item) })],
  ['rpm', (item) => ({ metadataType: 'rpm-db-entry', metadata: toRpm(item) })],
  ['maven', (item) => ({ metadataType: 'java-archive', metadata: toJava(item) })],
] satisfies [string, (item: Package) => Metadata][]);

/** A source of the same name or version as the package is left out there, as in dpkg's own records. */
function toDpkg({ name, version, source, architecture = '', maintainer = '' }: Package): JsonValue {
  return {
    package: name,
    source: source && source.name !== name ? source.name : '',
    version,
    sourceVersion: source && source.version !== version ? source.version : '',
    architecture,
    maintainer,
    installedSize: 0,
    files: [],
  };
}

function toApk({ name, version, source, architecture = '', maintainer = '' }: Package): JsonValue {
  return {
    package: name,
    originPackage: source?.name ?? '',
    maintainer,
    version,
    architecture,
    url: '',
    description: '',
    size: 0,
    installedSize: 0,
    pullDependencies: [],
    provides: [],
    pullChecksum: '',
    gitCommitOfApkPort: '',
    files: [],
  };
}

/** `1:2.3-4.el9`: epoch, version, release. The source's file name has no epoch. */
function toRpm({ name, version, source, architecture = '', maintainer = '' }: Package): JsonValue {
  const [, epoch, upstream = version, release = ''] = /^(?:(\d{1,10}):)?(.*?)(?:-([^-]*))?$/s.exec(version) ?? [];
  return {
    name,
    version: upstream,
    epoch: epoch === undefined ? null : Number(epoch),
    architecture,
    release,
    sourceRpm: source ? `${source.name}-${source.version.replace(/^\d+:/, '')}.src.rpm` : '',
    size: 0,
    vendor: maintainer,
    files: [],
  };
}

/** Advisories name Java packages by group and artifact: `org.example:name`. */
function toJava({ name, version, locations }: Package): JsonValue {
  const colon = name.indexOf(':');
  const artifactId = name.slice(colon + 1);
  return {
    virtualPath: `/${locations[0]?.path ?? ''}`,
    pomProperties: { path: '', name: '', groupId: name.slice(0, Math.max(colon, 0)), artifactId, version },
  };
}
