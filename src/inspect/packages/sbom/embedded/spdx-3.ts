import { type BillComponent, licensesOf, toOwnerType, toSourcePackage } from '../../document/bill.ts';
import { type Table, tablesOf, textOf, textsOf } from '../../document/table.ts';

/** Purposes of what is not itself in the image as a package. */
const otherPurposes: ReadonlySet<unknown> = new Set([
  'source',
  'file',
  'operatingSystem',
  'container',
  'data',
  'device',
]);

/** The packages of SPDX 3 in JSON-LD. https://spdx.github.io/spdx-spec/v3.0.1/model/Software/Classes/Package/ */
export function readSpdx3(document: Table): BillComponent[] {
  const elements = tablesOf(document['@graph']);
  const subjects = new Set(
    elements.filter(({ type }) => isBill(type)).flatMap(({ rootElement }) => textsOf(rootElement)),
  );
  const licenses = readLicenses(elements);
  const sources = readSources(elements);
  const owners = readOwners(elements);
  return elements
    .filter(({ type, software_primaryPurpose }) => isPackage(type) && !otherPurposes.has(software_primaryPurpose))
    .map((element) => ({
      ...toComponent(element, subjects, licenses),
      source: sources.get(textOf(element.spdxId) ?? ''),
      ownerType: owners.get(textOf(element.spdxId) ?? ''),
    }));
}

function isBill(type: unknown): boolean {
  return type === 'software_Sbom' || type === 'Bom' || type === 'SpdxDocument';
}

function isPackage(type: unknown): boolean {
  return type === 'software_Package' || type === 'ai_AIPackage' || type === 'dataset_DatasetPackage';
}

function toComponent(
  element: Table,
  subjects: ReadonlySet<string>,
  licenses: ReadonlyMap<string, string>,
): BillComponent {
  const id = textOf(element.spdxId) ?? '';
  const identifier = tablesOf(element.externalIdentifier).find(
    ({ externalIdentifierType }) => externalIdentifierType === 'packageUrl',
  );
  return {
    names: textsOf([element.name]),
    version: textOf(element.software_packageVersion),
    purl: textOf(element.software_packageUrl) ?? textOf(identifier?.identifier),
    licenses: licensesOf(licenses.get(id)),
    isSubject: subjects.has(id),
  };
}

/** The licence that each package declares, by the package's id. */
function readLicenses(elements: readonly Table[]): Map<string, string> {
  const expressions = new Map<string, string>();
  for (const { spdxId, simplelicensing_licenseExpression: expression } of elements)
    if (typeof spdxId === 'string' && typeof expression === 'string') expressions.set(spdxId, expression);
  const licenses = new Map<string, string>();
  for (const { from, relationshipType, to } of elements) {
    const expression = relationshipType === 'hasDeclaredLicense' ? expressions.get(textsOf(to)[0] ?? '') : undefined;
    if (typeof from === 'string' && expression !== undefined) licenses.set(from, expression);
  }
  return licenses;
}

/** What each package was built from, by the package's id. */
function readSources(elements: readonly Table[]): Map<string, BillComponent['source']> {
  const byId = new Map(elements.map((element) => [element.spdxId, element]));
  const sources = new Map<string, BillComponent['source']>();
  for (const { from, relationshipType, to } of elements) {
    const element = relationshipType === 'generates' ? byId.get(from) : undefined;
    if (element === undefined) continue;
    const { software_packageUrl: purl, name, software_packageVersion: version } = element;
    for (const id of textsOf(to)) sources.set(id, toSourcePackage(textOf(purl), name, version));
  }
  return sources;
}

/** purl type of the package that contains each package, by the latter's id. */
function readOwners(elements: readonly Table[]): Map<string, string | undefined> {
  const types = new Map(elements.map((element) => [element.spdxId, toOwnerType(textOf(element.software_packageUrl))]));
  const owners = new Map<string, string | undefined>();
  for (const { from, relationshipType, to } of elements) {
    const type = relationshipType === 'contains' ? types.get(from) : undefined;
    if (type !== undefined) for (const id of textsOf(to)) owners.set(id, type);
  }
  return owners;
}
