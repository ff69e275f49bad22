import { createHash } from 'node:crypto';

/** Namespace for URLs. https://www.rfc-editor.org/rfc/rfc9562#name-namespace-id-usage-and-allo */
const urlNamespace = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** A UUID of version 5: the same name gives the same UUID. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5 */
export function toSerialNumber(name: string): string {
  const bytes = createHash('sha1').update(urlNamespace).update(name).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  return `urn:uuid:${parts.join('-')}`;
}
