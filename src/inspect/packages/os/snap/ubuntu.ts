import type { Distribution } from '../../../../base/model/package.ts';
import type { YamlMap } from '../../document/yaml.ts';

/** The first base has no number. https://snapcraft.io/docs/base-snaps */
const firstBase = '16.04';

/** The Ubuntu that a base is made of, by the folder that it was unpacked to: `snap/core20/1974/...`. In the root, it is the system itself. */
export function distributionOfBase(path: string): Distribution | undefined {
  if (path.startsWith('usr/')) return undefined;
  const [, base] = /(?:^|\/)(core(?:\d\d)?)\//.exec(path) ?? [];
  return toUbuntu(base === undefined ? undefined : releaseOfBase(base));
}

/** The base of a snap says what its packages were built for; before there were bases, the machine that built it does. */
export function distributionOfManifest(manifest: YamlMap): Distribution {
  const [base, builder] = [manifest.get('base'), manifest.get('snapcraft-os-release-version-id')];
  const release = typeof base === 'string' ? releaseOfBase(base) : undefined;
  return toUbuntu(release ?? (typeof builder === 'string' && /^\d\d\.\d\d$/.test(builder) ? builder : undefined));
}

/** `core20` is Ubuntu 20.04. */
function releaseOfBase(base: string): string | undefined {
  if (base === 'core') return firstBase;
  const [, year] = /^core(\d\d)$/.exec(base) ?? [];
  return year && `${year}.04`;
}

function toUbuntu(versionId: string | undefined): Distribution {
  return { id: 'ubuntu', ...(versionId ? { versionId } : {}) };
}
