import type { Cataloguer } from './cataloguer.ts';

/** Where to look behind symbolic links, since cataloguers name these places exactly. */
export interface LinkCandidates {
  /** Files such as `etc/os-release`, which often is a link. */
  readonly paths: readonly string[];
  /** Those of the files that are databases: where one is there and is no file, packages are missing. */
  readonly databases: readonly string[];
  /** Folders such as `var/lib/dpkg/info`, of which a part may be a link. */
  readonly folders: readonly string[];
}

export function linkCandidates(cataloguers: readonly Cataloguer[]): LinkCandidates {
  const patterns = cataloguers.flatMap(({ files }) => files);
  return {
    paths: exactPaths(cataloguers),
    databases: exactPaths(cataloguers.filter(({ hasFallbacks }) => !hasFallbacks)),
    folders: [
      ...new Set(patterns.flatMap((pattern) => ('folder' in pattern && pattern.folder ? [pattern.folder] : []))),
    ],
  };
}

function exactPaths(cataloguers: readonly Cataloguer[]): string[] {
  return cataloguers.flatMap(({ files }) => files).flatMap((pattern) => ('path' in pattern ? [pattern.path] : []));
}
