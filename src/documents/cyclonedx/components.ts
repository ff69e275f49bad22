import type { OperatingSystem, Package } from '../../base/model/package.ts';
import type { Support } from '../../base/model/support.ts';
import { parseLicense } from '../spdx-license.ts';
import type { Component, LicenseChoice } from './bom.ts';
import { toProperties } from './properties.ts';

/** The format's longest version. A longer one is only in the purl. */
const maxVersionLength = 1024;

/** A version as the format takes it. */
export function toVersion(version: string): string | undefined {
  return version.length > maxVersionLength ? undefined : version;
}

/** A package. Its properties hold what scanning the document again needs to find the same. */
export function toPackageComponent(item: Package, ref: string): Component {
  const { group, name } = splitScope(item);
  return {
    type: 'library',
    'bom-ref': ref,
    publisher: item.maintainer,
    group,
    name,
    version: toVersion(item.version),
    licenses: toLicenses(item.licenses ?? []),
    purl: item.purl,
    properties: toProperties({
      state: item.state,
      ecosystem: item.ecosystem,
      release: item.release,
      type: item.type,
      'source:name': item.source?.name,
      'source:version': item.source?.version,
      architecture: item.architecture,
      'owned-by': item.ownedBy,
      origin: item.origin,
      development: item.development,
      repository: item.repository,
      location: item.locations.map(({ path }) => path),
      // One for each location, in the same order; a directory has none.
      layer: item.locations.flatMap(({ layer }) => layer ?? []),
    }),
  };
}

/** An npm scope is the group: `@babel`, `traverse`. */
function splitScope({ type, name }: Package): { group?: string; name: string } {
  const [, group, rest] = (type === 'npm' && /^(@[^/]+)\/(.+)$/.exec(name)) || [];
  return group !== undefined && rest !== undefined ? { group, name: rest } : { name };
}

/**
 * An expression must stand alone, so it is one only where it is all that the package says. Of several licenses it is not
 * known whether all apply or one may be chosen: they stay a list.
 */
function toLicenses(texts: readonly string[]): LicenseChoice[] | undefined {
  const said = texts.filter((text) => text.trim() !== '');
  if (said.length === 0) return undefined;
  return said.map((text) => {
    const license = parseLicense(text);
    if (license.kind === 'id') return { license: { id: license.id } };
    return license.kind === 'expression' && said.length === 1
      ? { expression: license.expression }
      : { license: { name: text } };
  });
}

/** The distribution. */
export function toSystemComponent(system: OperatingSystem, support: Support | undefined, ref: string): Component {
  return {
    type: 'operating-system',
    'bom-ref': ref,
    name: system.id,
    version: system.versionId && toVersion(system.versionId),
    description: system.name,
    properties: toProperties({
      codename: system.codename,
      'id-like': system.idLike,
      location: system.path,
      support: support?.state,
      eol: support?.eol,
      'extended-support': support?.extended?.eol,
    }),
  };
}
