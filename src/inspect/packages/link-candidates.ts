import type { Cataloguer } from './cataloguer.ts';

/** Where to look behind symbolic links, since cataloguers name these places exactly. */
export interface LinkCandidates {
  /** Files such as `etc/os-release`, which often is a link. */
  readonly paths: readonly string[];
  /** Folders such as `var/lib/dpkg/info`, of which a part may be a link. */
  readonly folders: readonly string[];
}

export function linkCandidates(cataloguers: readonly Cataloguer[]): LinkCandidates {
  const patterns = cataloguers.flatMap(({ files }) => files);
  return {
    paths: patterns.flatMap((pattern) => ('path' in pattern ? [pattern.path] : [])),
    folders: [
      ...new Set(patterns.flatMap((pattern) => ('folder' in pattern && pattern.folder ? [pattern.folder] : []))),
    ],
  };
}
