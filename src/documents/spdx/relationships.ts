import type { Report } from '../../base/model/report.ts';
import { toOwnerships } from '../ownership.ts';
import { toSourceId } from '../source-package.ts';
import type { Relationship } from './document.ts';
import { documentId, imageId, systemId, toSourceSpdxId, toSpdxId } from './element-ids.ts';

/**
 * What the document is about, what the image contains, which OS package contains which language package, and which source package
 * each was built from. What packages need of each other is not known.
 * @param ids Of packages, in their order.
 */
export function* toRelationships({ image, packages }: Report, ids: readonly string[]): Generator<Relationship> {
  const idOf = (place: number) => toSpdxId(packages[place]!, ids[place]!);
  yield relate(documentId, 'DESCRIBES', imageId);
  if (image.os) yield relate(imageId, 'CONTAINS', systemId);
  for (const place of packages.keys()) yield relate(imageId, 'CONTAINS', idOf(place));
  for (const [owner, owned] of toOwnerships(packages)) yield relate(idOf(owner), 'CONTAINS', idOf(owned));
  for (const [place, item] of packages.entries()) {
    const id = toSourceId(item);
    if (id !== undefined) yield relate(idOf(place), 'GENERATED_FROM', toSourceSpdxId(item.source!.name, id));
  }
}

function relate(
  spdxElementId: string,
  relationshipType: Relationship['relationshipType'],
  relatedSpdxElement: string,
): Relationship {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}
