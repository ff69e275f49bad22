import type { Package } from '../../base/model/package.ts';
import { parseLicense } from '../spdx-license.ts';
import type { Artifact, License, Location } from './document.ts';
import { toMetadata } from './metadata.ts';
import { toPackageType } from './package-types.ts';

/** A package. */
export function toArtifact(item: Package, id: string): Artifact {
  const { type, language } = toPackageType(item.type);
  return {
    id,
    name: toName(item),
    version: item.version,
    type,
    foundBy: 'plimsoll',
    locations: item.locations.map((location) => toLocation(location, item)),
    licenses: (item.licenses ?? []).filter((text) => text.trim() !== '').map(toLicense),
    language,
    cpes: [],
    purl: item.purl,
    ...toMetadata(item),
  };
}

/** A Java package goes by its artifact alone. */
function toName({ type, name }: Package): string {
  return type === 'maven' ? name.slice(name.indexOf(':') + 1) : name;
}

function toLocation({ path, layer }: Package['locations'][number], { state }: Package): Location {
  const rooted = `/${path}`;
  return {
    path: rooted,
    layerID: layer,
    accessPath: rooted,
    annotations: { evidence: 'primary', 'plimsoll:state': state },
  };
}

function toLicense(value: string): License {
  const license = parseLicense(value);
  const spdxExpression = license.kind === 'id' ? license.id : license.kind === 'expression' ? license.expression : '';
  return { value, spdxExpression, type: 'declared', urls: [], locations: [] };
}
