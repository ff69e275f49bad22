import type { RpmHeader } from '../../../../base/bytes/rpm-header/header.ts';
import { rpmTags, type TextList } from '../../../../base/bytes/rpm-header/tags.ts';

/** More folders than any package has, some 20,000. */
const maxFolders = 1 << 20;

/** The files of a package without leading slash, and at the end whether those were all. */
export function* readFilePaths(header: RpmHeader): Generator<string, boolean> {
  const names = header.get(rpmTags.baseNames);
  if (names === undefined) return yield* readOldPaths(header.get(rpmTags.oldFileNames));
  const places = header.get(rpmTags.dirIndexes);
  const folders = readFolders(header.get(rpmTags.dirNames));
  let count = 0;
  for (const name of names) {
    const folder = places && count < places.length ? folders[places.at(count)] : undefined;
    if (folder === undefined) return false;
    yield folder + name;
    count++;
  }
  return count === names.length;
}

/** Headers of rpm 3 have whole paths. */
function* readOldPaths(paths: TextList | undefined): Generator<string, boolean> {
  let count = 0;
  for (const path of paths ?? []) {
    yield withoutSlash(path);
    count++;
  }
  return count === (paths?.length ?? 0);
}

function readFolders(names: TextList | undefined): string[] {
  const folders: string[] = [];
  for (const name of names ?? []) {
    if (folders.length >= maxFolders) break;
    folders.push(withoutSlash(name));
  }
  return folders;
}

function withoutSlash(path: string): string {
  return path.startsWith('/') ? path.slice(1) : path;
}
