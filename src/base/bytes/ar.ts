import type { RandomAccess } from './random-access.ts';

/** One file in an archive of `ar`. */
export interface ArMember {
  readonly name: string;
  /** Where its content is in the archive, in bytes. */
  readonly offset: number;
  readonly size: number;
}

export const arMagic = '!<arch>\n';
const headerBytes = 60;

/**
 * The members of an archive up to the first that is damaged, at most `maxMembers`. Names longer than 16 bytes are given as they stand.
 * https://manpages.debian.org/deb.5
 */
export function* readArMembers(content: RandomAccess, maxMembers: number): Generator<ArMember> {
  let at = arMagic.length;
  for (let count = 0; count < maxMembers; count++) {
    const header = content.read(at, headerBytes).toString('latin1');
    if (header.length < headerBytes || !header.endsWith('`\n')) return;
    const size = /^\d{1,10} *$/.test(header.slice(48, 58)) ? Number(header.slice(48, 58)) : undefined;
    if (size === undefined) return;
    yield { name: header.slice(0, 16).trimEnd().replace(/\/$/, ''), offset: at + headerBytes, size };
    // Members start at even places.
    at += headerBytes + size + (size % 2);
    if (at > content.size) return;
  }
}
