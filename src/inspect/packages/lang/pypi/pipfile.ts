import { isTable, type Table, textOf } from '../../document/table.ts';
import type { Lock, Locked } from './lock.ts';

/** `Pipfile.lock`: a map of packages for `default`, `develop` and each category of the project's own. */
export function toPipfileLock(document: Table): Lock {
  const meta = document._meta;
  const categories = Object.entries(document).filter(([category]) => category !== '_meta');
  const packages = categories.flatMap(([category, entries]) => toLockedMap(category, entries));
  return {
    version: isTable(meta) ? meta['pipfile-spec'] : undefined,
    majors: [6],
    packages: categories.length > 0 ? packages : undefined,
  };
}

function toLockedMap(category: string, entries: unknown): readonly Locked[] {
  if (!isTable(entries)) return [{ name: undefined, version: undefined }];
  return Object.entries(entries).map(([name, entry]) =>
    isTable(entry) ? toLocked(category, name, entry) : { name, version: pinOf(entry) },
  );
}

function toLocked(category: string, name: string, entry: Table): Locked {
  return {
    name,
    version: pinOf(entry.version),
    origin: originOf(entry),
    development: category === 'develop',
    // `-e .`, the folder that the Pipfile is in.
    isProject: entry.editable === true && (entry.path === '.' || entry.path === './'),
  };
}

/** `==1.0` without its signs; undefined for `*` and ranges, which old versions wrote for what has a source of its own. */
function pinOf(version: unknown): unknown {
  if (typeof version !== 'string') return version;
  return /^={2,3}\s{0,9}([^*]+)$/.exec(version)?.[1];
}

function originOf({ git, ref, file, path }: Table): string | undefined {
  const address = textOf(git);
  return address ? `git+${address}@${textOf(ref) ?? ''}` : (textOf(file) ?? textOf(path));
}
