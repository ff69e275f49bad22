import { isTable, type Table, textOf } from '../../document/table.ts';
import { type Lock, type Locked, toLockedList } from './lock.ts';
import { isDevelopmentGroup } from './requirements-path.ts';

/** `pylock.toml`. https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export function toPylock(document: Table): Lock {
  const packages = toLockedList(document.packages, toLocked);
  return { version: document['lock-version'], majors: [1], packages };
}

function toLocked({ name, version, marker, vcs, archive, directory }: Table): Locked {
  return {
    name,
    version,
    origin: isTable(vcs) ? originOfVcs(vcs) : (originOf(archive) ?? originOf(directory)),
    development: isForDevelopment(textOf(marker) ?? ''),
    // An editable folder is the project that was locked, or a part of it.
    isProject: isTable(directory) && directory.editable === true,
  };
}

function originOfVcs({ type, url, path, 'commit-id': commit }: Table): string {
  return `${textOf(type) ?? 'vcs'}+${textOf(url) ?? textOf(path) ?? ''}@${textOf(commit) ?? ''}`;
}

function originOf(source: unknown): string | undefined {
  return isTable(source) ? (textOf(source.url) ?? textOf(source.path)) : undefined;
}

/** `'dev' in dependency_groups`, perhaps with more conditions, but with no other way to be needed. */
function isForDevelopment(marker: string): boolean {
  if (marker.length > 1000 || /\bor\b|\bnot\b/.test(marker)) return false;
  const group = /["']([^"']{1,100})["'] in dependency_groups/.exec(marker)?.[1];
  return group !== undefined && isDevelopmentGroup(group);
}
