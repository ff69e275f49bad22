import { hash } from 'node:crypto';
import type { Package } from '../base/model/package.ts';

/** Bytes of an id, two digits each: enough that no two packages of an image have the same by chance. */
const idBytes = 8;

/** Names a thing by what it is: the same text gives the same id in every document. */
export function toId(text: string): string {
  // Not the start of the whole digest as text, which would be kept with each of a hundred thousand ids.
  return hash('sha256', text, 'buffer').toString('hex', 0, idBytes);
}

/**
 * An id for each package, in their order: made of its purl and name, so that it stays the same from one document to the next.
 * All are different: what is there several times gets a number behind it.
 */
export function toPackageIds(packages: readonly Package[]): string[] {
  const seen = new Map<string, number>();
  return packages.map(({ purl, name }) => {
    const id = toId(`${purl}\n${name}`);
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? id : `${id}-${count}`;
  });
}

/** What a reader sees of a name in an id that may hold only letters, digits, dots and hyphens. */
export function toIdWord(name: string): string {
  return name.slice(0, 64).replace(/[^A-Za-z0-9.]+/g, '-');
}
