import type { Package } from '../../base/model/package.ts';
import { toIdWord } from '../package-ids.ts';

/** The document's own id. */
export const documentId = 'SPDXRef-DOCUMENT';
/** The id of the image. */
export const imageId = 'SPDXRef-Image';
/** The id of the distribution. */
export const systemId = 'SPDXRef-OperatingSystem';

/** The id of a package, made when it is needed: a hundred thousand of them would take a tenth of the memory there is. */
export function toSpdxId({ type, name }: Package, id: string): string {
  return `SPDXRef-Package-${toIdWord(`${type}-${name}`)}-${id}`;
}

/** The id of a source package. */
export function toSourceSpdxId(name: string, id: string): string {
  return `SPDXRef-Source-${toIdWord(name)}-${id}`;
}
