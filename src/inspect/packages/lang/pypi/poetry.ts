import { isTable, type Table, textOf, textsOf } from '../../document/table.ts';
import { type Lock, type Locked, toLockedList } from './lock.ts';

/**
 * `poetry.lock`. Versions 1.x have a category, 2.1 has groups, 2.0 does not tell what is for development. A `legacy` source is an
 * index of the user's, which usually mirrors the public one, so it is no origin.
 */
export function toPoetryLock(document: Table): Lock {
  const { metadata } = document;
  const packages = document.package;
  return {
    version: isTable(metadata) ? metadata['lock-version'] : undefined,
    majors: [1, 2],
    packages: toLockedList(packages, toLocked),
  };
}

function toLocked({ name, version, category, groups, source }: Table): Locked {
  const names = textsOf(groups);
  const development = category === 'dev' || (names.length > 0 && !names.includes('main'));
  return { name, version, origin: isTable(source) ? originOf(source) : undefined, development };
}

function originOf({ type, url, resolved_reference: commit }: Table): string | undefined {
  const address = type === 'legacy' ? undefined : textOf(url);
  return address && type === 'git' ? `git+${address}@${textOf(commit) ?? ''}` : address;
}
