import type { Report } from '../../base/model/report.ts';
import { toDocumentUuid } from '../document-uuid.ts';
import { writeJson } from '../json-text.ts';
import type { Bom } from './bom.ts';
import { BomRefs } from './bom-refs.ts';
import { toPackageComponent, toSystemComponent } from './components.ts';
import { toMetadata } from './metadata.ts';
import { toVulnerabilities } from './vulnerabilities.ts';

/**
 * Writes a CycloneDX document in chunks: the image, its packages, and their vulnerabilities. The same report gives the
 * same document. Components and vulnerabilities are converted one at a time.
 */
export function writeCyclonedx(report: Report, specVersion: Bom['specVersion'] = '1.6'): Iterable<string> {
  return writeJson(toBom(report, specVersion));
}

/** The same in version 1.7, of which nothing new is used. */
export function writeCyclonedx17(report: Report): Iterable<string> {
  return writeCyclonedx(report, '1.7');
}

function toBom(report: Report, specVersion: Bom['specVersion']): Bom {
  const { image, packages, matches, problems } = report;
  const refs = new BomRefs();
  const imageRef = refs.take('image');
  const systemRef = image.os && refs.take('operating-system');
  const packageRefs = packages.map(({ purl }) => refs.take(purl));
  const refOfPurl = new Map(packages.map(({ purl }, index) => [purl, packageRefs[index]!]));
  return {
    $schema: `http://cyclonedx.org/schema/bom-${specVersion}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion,
    serialNumber: `urn:uuid:${toDocumentUuid(report)}`,
    version: 1,
    metadata: toMetadata(report, imageRef),
    components: toComponents(report, systemRef, packageRefs),
    // What packages need of each other is not known; that they are in the image is.
    dependencies: [{ ref: imageRef, dependsOn: [...(systemRef ? [systemRef] : []), ...packageRefs] }],
    compositions: [{ aggregate: problems.length > 0 ? 'incomplete' : 'unknown', assemblies: [imageRef] }],
    vulnerabilities: isCompared(report)
      ? toVulnerabilities(matches, (purl) => refOfPurl.get(purl) ?? purl, refs)
      : undefined,
  };
}

/** An empty list says that there are no vulnerabilities: it is left out where nobody has looked. */
function isCompared({ matches, data }: Report): boolean {
  return matches.length > 0 || Object.keys(data).length > 0;
}

function* toComponents({ image, packages }: Report, systemRef: string | undefined, packageRefs: readonly string[]) {
  if (image.os && systemRef) yield toSystemComponent(image.os, image.support, systemRef);
  for (const [index, item] of packages.entries()) yield toPackageComponent(item, packageRefs[index]!);
}
