import { posix } from 'node:path';
import type { TarEntry } from '../../base/bytes/tar/entry.ts';
import { PlimsollError } from '../../base/errors.ts';
import { isSafeName } from './stored-files.ts';

/** Members of an image archive at most: some for each layer. */
const maxMembers = 100_000;

/** The members of an image archive by name, with links from one to another. */
export class ArchiveMembers<File> {
  readonly files = new Map<string, File>();
  readonly links = new Map<string, string>();

  /**
   * Adds what can be found later: files and links, but for names that leave the archive. Throws `limit-exceeded`.
   * @param archive What to call it in errors.
   */
  add({ path, type, linkName }: Pick<TarEntry, 'path' | 'type' | 'linkName'>, file: File, archive: string): void {
    const name = nameOf(path);
    if (!isSafeName(name)) return;
    // The last one of a name counts, as when a tar archive is unpacked.
    this.files.delete(name);
    this.links.delete(name);
    if (type === 'file') this.files.set(name, file);
    else if (type === 'hardlink') this.links.set(name, nameOf(linkName));
    else if (type === 'symlink') this.links.set(name, joinLink(name, linkName));
    if (this.files.size + this.links.size > maxMembers)
      throw new PlimsollError(
        'limit-exceeded',
        `${archive} has more than ${maxMembers} members. This is no image archive.`,
      );
  }

  /** Links between members are followed: older `docker save` stores a layer that two images share only once. */
  find(name: string): File | undefined {
    let path: string | undefined = name;
    for (let links = 0; links < 8 && path !== undefined; links++) {
      const file = this.files.get(path);
      if (file !== undefined) return file;
      path = this.links.get(path);
    }
    return undefined;
  }
}

/** A member's name without `./` in front. */
export function nameOf(path: string): string {
  return path.replace(/^(?:\.\/)+/, '');
}

function joinLink(name: string, target: string): string {
  return posix.join('/', name, '..', target).slice(1);
}
