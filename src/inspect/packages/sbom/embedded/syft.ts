import { type BillComponent, toOwnerType } from '../../document/bill.ts';
import { isTable, type Table, tablesOf, textOf, textsOf } from '../../document/table.ts';

/** The packages of Syft's own JSON. https://github.com/anchore/syft/tree/main/schema/json */
export function readSyft({ artifacts, artifactRelationships }: Table): BillComponent[] {
  const owners = readOwners(tablesOf(artifacts), tablesOf(artifactRelationships));
  return tablesOf(artifacts).map((artifact) => {
    const version = textOf(artifact.version);
    const { source, sourceVersion, originPackage, maintainer } = isTable(artifact.metadata) ? artifact.metadata : {};
    const name = textOf(source) ?? textOf(originPackage);
    const licenses = Array.isArray(artifact.licenses) ? artifact.licenses.flatMap(toLicense) : [];
    return {
      names: textsOf([artifact.name]),
      version,
      purl: textOf(artifact.purl),
      licenses,
      maintainer: textOf(maintainer),
      ownerType: owners.get(artifact.id),
      source: name === undefined ? undefined : { name, version: textOf(sourceVersion) ?? version ?? '' },
    };
  });
}

/** purl type of the package that has each artifact's files, by the artifact's id. */
function readOwners(artifacts: readonly Table[], relations: readonly Table[]): Map<unknown, string | undefined> {
  const types = new Map(artifacts.map(({ id, purl }) => [id, toOwnerType(textOf(purl))]));
  const owned = relations.filter(({ type }) => type === 'ownership-by-file-overlap');
  return new Map(owned.map(({ parent, child }) => [child, types.get(parent)]));
}

/** A text in older schemas, a table in newer ones. */
function toLicense(license: unknown): readonly string[] {
  const said =
    textOf(license) ?? (isTable(license) ? (textOf(license.spdxExpression) ?? textOf(license.value)) : undefined);
  return said === undefined ? [] : [said];
}
