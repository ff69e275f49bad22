import type { Report } from '../../base/model/report.ts';
import { toIdWord, toPackageIds } from '../package-ids.ts';

/** The document's own id. */
export const documentId = 'SPDXRef-DOCUMENT';
/** The id of the image. */
export const imageId = 'SPDXRef-Image';
/** The id of the distribution. */
export const systemId = 'SPDXRef-OperatingSystem';

/** The ids of packages, in their order. */
export function toSpdxIds({ packages }: Report): string[] {
  const ids = toPackageIds(packages);
  return packages.map(({ type, name }, place) => `SPDXRef-Package-${toIdWord(`${type}-${name}`)}-${ids[place]}`);
}

/** The id of a source package. */
export function toSourceSpdxId(name: string, id: string): string {
  return `SPDXRef-Source-${toIdWord(name)}-${id}`;
}
