import type { OpenFile } from '../cataloguer.ts';

/** The text of a file in UTF-8, without its byte order mark. */
export function decodeText({ bytes }: OpenFile): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
