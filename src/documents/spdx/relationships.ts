import type { Report } from '../../base/model/report.ts';
import { toOwnerships } from '../ownership.ts';
import { toSourceId } from '../source-package.ts';
import type { Relationship } from './document.ts';
import { documentId, imageId, systemId, toSourceSpdxId } from './element-ids.ts';

/**
 * What the document is about, what the image contains, which OS package contains which language package, and which source package
 * each was built from. What packages need of each other is not known.
 */
export function* toRelationships({ image, packages }: Report, ids: readonly string[]): Generator<Relationship> {
  yield relate(documentId, 'DESCRIBES', imageId);
  if (image.os) yield relate(imageId, 'CONTAINS', systemId);
  for (const id of ids) yield relate(imageId, 'CONTAINS', id);
  for (const [owner, owned] of toOwnerships(packages)) yield relate(ids[owner]!, 'CONTAINS', ids[owned]!);
  for (const [place, item] of packages.entries()) {
    const id = toSourceId(item);
    if (id !== undefined) yield relate(ids[place]!, 'GENERATED_FROM', toSourceSpdxId(item.source!.name, id));
  }
}

function relate(
  spdxElementId: string,
  relationshipType: Relationship['relationshipType'],
  relatedSpdxElement: string,
): Relationship {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}
