import type { BillComponent } from '../../document/bill.ts';
import { isTable, type Table, tablesOf, textOf, textsOf } from '../../document/table.ts';

/** The packages of Syft's own JSON. https://github.com/anchore/syft/tree/main/schema/json */
export function readSyft({ artifacts }: Table): BillComponent[] {
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
      source: name === undefined ? undefined : { name, version: textOf(sourceVersion) ?? version ?? '' },
    };
  });
}

/** A text in older schemas, a table in newer ones. */
function toLicense(license: unknown): readonly string[] {
  const said =
    textOf(license) ?? (isTable(license) ? (textOf(license.spdxExpression) ?? textOf(license.value)) : undefined);
  return said === undefined ? [] : [said];
}
