import type { OperatingSystem, Package } from '../../base/model/package.ts';
import type { Report } from '../../base/model/report.ts';
import { toImageFacts } from '../image-facts.ts';
import { parseImageName, toImagePurl } from '../image-name.ts';
import { toPackageFacts } from '../package-facts.ts';
import { toSourcePurl } from '../source-package.ts';
import type { Annotation, GraphEntry, SoftwarePackage } from './elements.ts';
import type { Naming } from './naming.ts';

/** The image. A root file system in a directory has no layers and is no container. */
export function* toImage(image: Report['image'], naming: Naming): Generator<GraphEntry> {
  const name = parseImageName(image.reference);
  const [algorithm = '', hashValue = ''] = image.digest?.split(':') ?? [];
  yield {
    ...naming.element('software_Package', 'image'),
    name: name?.repository ?? image.reference,
    software_packageVersion: image.digest ?? name?.tag,
    software_packageUrl: toImagePurl(image),
    software_primaryPurpose: image.layers.length > 0 ? 'container' : 'other',
    verifiedUsing: image.digest && [{ type: 'Hash', algorithm, hashValue }],
  };
  yield annotate(naming, 'image', toImageFacts(image));
}

/** The distribution. */
export function* toSystem(system: OperatingSystem, naming: Naming): Generator<GraphEntry> {
  const { id, versionId, name, codename, idLike, path } = system;
  yield {
    ...naming.element('software_Package', 'operating-system'),
    name: id,
    summary: name,
    software_packageVersion: versionId || undefined,
    software_primaryPurpose: 'operatingSystem',
  };
  yield annotate(naming, 'operating-system', JSON.stringify({ codename, idLike, path }));
}

/** A package of the image. @param suppliedBy Name of who built it, where that is known. */
export function* toPackage(
  item: Package,
  local: string,
  suppliedBy: string | undefined,
  naming: Naming,
): Generator<GraphEntry> {
  yield {
    ...naming.element('software_Package', local),
    name: item.name,
    software_packageVersion: item.version || undefined,
    software_packageUrl: toAddress(item.purl),
    software_primaryPurpose: 'library',
    suppliedBy,
  };
  yield annotate(naming, local, toPackageFacts(item));
}

/** The source package that a package was built from. */
export function toSource(item: Package, local: string, naming: Naming): SoftwarePackage {
  return {
    ...naming.element('software_Package', local),
    name: item.source!.name,
    software_packageVersion: item.source!.version || undefined,
    software_packageUrl: toSourcePurl(item),
    software_primaryPurpose: 'source',
  };
}

function annotate(naming: Naming, subject: string, statement: string): Annotation {
  return {
    ...naming.element('Annotation', `${subject}-facts`),
    annotationType: 'other',
    subject: naming.of(subject),
    contentType: 'application/json',
    statement,
  };
}

/** Only what is a purl: no other text leads to a package. */
function toAddress(purl: string): string | undefined {
  return /^pkg:[!-~]+$/.test(purl) ? purl : undefined;
}
