import { isTable, type Table, textOf, textsOf } from '../../document/table.ts';
import { type Lock, type Locked, toLockedList } from './lock.ts';
import { isDevelopmentGroup } from './requirements-path.ts';

/** `pdm.lock`. Extras and groups for development share one list of names, so only usual names of the latter count as such. */
export function toPdmLock(document: Table): Lock {
  const { metadata } = document;
  const packages = document.package;
  return {
    version: isTable(metadata) ? metadata.lock_version : undefined,
    majors: [4, 3, 2],
    packages: toLockedList(packages, toLocked),
  };
}

function toLocked({ name, version, groups, git, revision, url, path }: Table): Locked {
  const names = textsOf(groups);
  const address = textOf(git);
  return {
    name,
    version,
    origin: address ? `git+${address}@${textOf(revision) ?? ''}` : (textOf(url) ?? textOf(path)),
    development: names.length > 0 && names.every(isDevelopmentGroup),
  };
}
