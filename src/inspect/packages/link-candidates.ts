import type { Cataloguer } from './cataloguer.ts';

/**
 * Paths that cataloguers name exactly. Where one is a symbolic link in the image (`etc/os-release` often is), the file that it
 * leads to is read in its place.
 */
export function exactPaths(cataloguers: readonly Cataloguer[]): string[] {
  return cataloguers.flatMap(({ files }) => files.flatMap((pattern) => ('path' in pattern ? [pattern.path] : [])));
}
