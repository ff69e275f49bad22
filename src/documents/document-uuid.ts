import { createHash } from 'node:crypto';
import type { Report } from '../base/model/report.ts';

/** Namespace for URLs. https://www.rfc-editor.org/rfc/rfc9562#name-namespace-id-usage-and-allo */
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/**
 * A UUID for what is written of a report: the same image at the same time gives the same UUID.
 * @param format Sets documents of several forms apart, where each needs an identity of its own.
 */
export function toDocumentUuid({ image, created }: Report, format?: string): string {
  const identity = image.digest ?? image.configDigest ?? image.reference;
  return toNameUuid(['plimsoll', ...(format ? [format] : []), identity, created].join(':'));
}

/** A UUID of version 5: the same name gives the same UUID. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
function toNameUuid(name: string): string {
  const bytes = createHash('sha1').update(urlNamespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
