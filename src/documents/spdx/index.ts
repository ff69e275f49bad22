import type { Report } from '../../base/model/report.ts';
import { toDocumentUuid } from '../document-uuid.ts';
import { writeJson } from '../json-text.ts';
import { LicenseTexts, licenseListVersion } from '../license-texts.ts';
import { toPackageIds } from '../package-ids.ts';
import { toProblemText } from '../problem-text.ts';
import { firstOfEachSource } from '../source-package.ts';
import { toWholeSeconds } from '../whole-seconds.ts';
import type { ExtractedLicense, SpdxDocument, SpdxPackage } from './document.ts';
import { documentId, toSourceSpdxId, toSpdxId } from './element-ids.ts';
import { type Annotate, toImagePackage, toSourcePackage, toSpdxPackage, toSystemPackage } from './packages.ts';
import { toRelationships } from './relationships.ts';

/**
 * Writes an SPDX 2.3 document in chunks: the image, its packages, and what they were built from. Vulnerabilities are not in it. The
 * same report gives the same document. Packages and relationships are converted one at a time.
 */
export function writeSpdx(report: Report): Iterable<string> {
  return writeJson(toDocument(report));
}

function toDocument(report: Report): SpdxDocument {
  const { image, packages, problems, tool } = report;
  const ids = toPackageIds(packages);
  const licenses = new LicenseTexts();
  const created = toWholeSeconds(report.created);
  const annotator = `Tool: ${tool.name}-${tool.version}`;
  const annotate: Annotate = (comment) => ({ annotationType: 'OTHER', annotator, annotationDate: created, comment });
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: documentId,
    name: image.reference,
    // The place that the specification gives to those who have no site of their own.
    documentNamespace: `https://spdx.org/spdxdocs/plimsoll-${toDocumentUuid(report, 'spdx')}`,
    creationInfo: { created, creators: [annotator], licenseListVersion },
    packages: toPackages(report, ids, licenses, annotate),
    // Read only when all packages are written: by then every license was seen.
    hasExtractedLicensingInfos: toExtracted(licenses),
    relationships: toRelationships(report, ids),
    annotations: problems.values().map((problem) => annotate(toProblemText(problem))),
  };
}

function* toPackages(
  { image, packages }: Report,
  ids: readonly string[],
  licenses: LicenseTexts,
  annotate: Annotate,
): Generator<SpdxPackage> {
  yield toImagePackage(image, annotate);
  if (image.os) yield toSystemPackage(image.os, annotate);
  for (const [place, item] of packages.entries())
    yield toSpdxPackage(item, toSpdxId(item, ids[place]!), licenses, annotate);
  for (const [id, first] of firstOfEachSource(packages))
    yield toSourcePackage(first, toSourceSpdxId(first.source!.name, id));
}

function* toExtracted(licenses: LicenseTexts): Generator<ExtractedLicense> {
  for (const [licenseId, extractedText] of licenses.entries()) yield { licenseId, extractedText };
}
