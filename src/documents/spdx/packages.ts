import type { OperatingSystem, Package } from '../../base/model/package.ts';
import type { Report } from '../../base/model/report.ts';
import { toImageFacts } from '../image-facts.ts';
import { parseImageName, toImagePurl } from '../image-name.ts';
import type { LicenseTexts } from '../license-texts.ts';
import { toPackageFacts } from '../package-facts.ts';
import { toSourcePurl } from '../source-package.ts';
import { parseSupplier } from '../supplier.ts';
import type { Annotation, ExternalReference, SpdxPackage } from './document.ts';
import { imageId, systemId } from './element-ids.ts';

/** Makes an annotation of this program, dated as the document. */
export type Annotate = (comment: string) => Annotation;

/** What the format wants said of every package, and is not known. */
const unknowns = {
  downloadLocation: 'NOASSERTION',
  filesAnalyzed: false,
  licenseConcluded: 'NOASSERTION',
  licenseDeclared: 'NOASSERTION',
  copyrightText: 'NOASSERTION',
} as const;

/** The image. A root file system in a directory has no layers and is no container. */
export function toImagePackage(image: Report['image'], annotate: Annotate): SpdxPackage {
  const name = parseImageName(image.reference);
  return {
    SPDXID: imageId,
    name: name?.repository ?? image.reference,
    versionInfo: image.digest ?? name?.tag,
    ...unknowns,
    checksums: image.digest && [toChecksum(image.digest)],
    primaryPackagePurpose: image.layers.length > 0 ? 'CONTAINER' : 'OTHER',
    externalRefs: toReferences(toImagePurl(image)),
    annotations: [annotate(toImageFacts(image))],
  };
}

function toChecksum(digest: string): { algorithm: string; checksumValue: string } {
  const [algorithm = '', checksumValue = ''] = digest.split(':');
  return { algorithm: algorithm.toUpperCase(), checksumValue };
}

/** The distribution. */
export function toSystemPackage(system: OperatingSystem, annotate: Annotate): SpdxPackage {
  const { id, versionId, name, codename, idLike, path } = system;
  return {
    SPDXID: systemId,
    name: id,
    versionInfo: versionId || undefined,
    summary: name,
    ...unknowns,
    primaryPackagePurpose: 'OPERATING_SYSTEM',
    annotations: [annotate(JSON.stringify({ codename, idLike, path }))],
  };
}

/** A package of the image. */
export function toSpdxPackage(item: Package, SPDXID: string, licenses: LicenseTexts, annotate: Annotate): SpdxPackage {
  return {
    SPDXID,
    name: item.name,
    versionInfo: item.version || undefined,
    supplier: toSupplier(item),
    ...unknowns,
    licenseDeclared: licenses.toExpression(item.licenses) ?? 'NOASSERTION',
    licenseComments: toLicenseComments(item),
    primaryPackagePurpose: 'LIBRARY',
    externalRefs: toReferences(item.purl),
    annotations: [annotate(toPackageFacts(item))],
  };
}

/** The source package that a package was built from. */
export function toSourcePackage(item: Package, SPDXID: string): SpdxPackage {
  return {
    SPDXID,
    name: item.source!.name,
    versionInfo: item.source!.version || undefined,
    ...unknowns,
    primaryPackagePurpose: 'SOURCE',
    externalRefs: toReferences(toSourcePurl(item)),
  };
}

function toSupplier({ maintainer, type }: Package): string {
  const supplier = parseSupplier(maintainer, type === 'rpm');
  if (supplier === undefined) return 'NOASSERTION';
  const kind = supplier.kind === 'person' ? 'Person' : 'Organization';
  return `${kind}: ${supplier.name}${supplier.email ? ` (${supplier.email})` : ''}`;
}

function toLicenseComments({ licenses = [] }: Package): string | undefined {
  return new Set(licenses).size < 2
    ? undefined
    : 'The package names several licenses, not whether all apply or one may be chosen.';
}

/** Only what is a purl: no other text leads to a package. */
function toReferences(purl: string | undefined): readonly ExternalReference[] | undefined {
  if (purl === undefined || !/^pkg:[!-~]+$/.test(purl)) return undefined;
  return [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }];
}
