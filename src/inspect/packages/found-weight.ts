import type { Found } from './cataloguer.ts';

/** What a file and all that was found in it takes of `Limits.maxPackages`. */
export function weightOfFile(path: string, found: readonly Found[]): number {
  return found.reduce((sum, item) => sum + weightOf(item), unitsOf(path.length));
}

/** Of characters that cost as much memory as a package does. */
const charactersPerUnit = 128;

/** Short paths of one list. */
const pathsPerUnit = 16;

function unitsOf(characters: number): number {
  return Math.floor(characters / charactersPerUnit);
}

/** 1, and more where its texts or lists are long. */
function weightOf(item: Found): number {
  if (item.kind === 'ownership')
    return (
      1 +
      Math.floor(item.paths.length / pathsPerUnit) +
      unitsOf(item.paths.reduce((sum, { length }) => sum + length, 0))
    );
  if (item.kind === 'from-repository')
    return (
      1 +
      Math.floor(item.packages.length / pathsPerUnit) +
      unitsOf(item.packages.reduce((sum, { length }) => sum + length, 0))
    );
  if (item.kind === 'content-sets') return 1 + item.names.length;
  if (item.kind !== 'package') return 1;
  const { name, version, source, licenses = [], maintainer = '', origin = '', modularity = '' } = item;
  const single = name.length + version.length + (source ? source.name.length + source.version.length : 0);
  const rest = licenses.reduce(
    (sum, { length }) => sum + length,
    maintainer.length + origin.length + modularity.length,
  );
  return 1 + unitsOf(single + rest);
}
