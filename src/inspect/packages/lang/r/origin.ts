/** What names a repository, which may mirror CRAN; renv and pak write it. */
const repositories = new Set(['', 'standard', 'cran', 'repository']);

/**
 * Where a package is from, if not from CRAN: `Bioconductor`, `github:owner/name#commit`, an address. Undefined where nothing says so.
 * @param field A field of the package by name: `RemoteType`.
 */
export function originOf(field: (key: string) => string | undefined): string | undefined {
  const type = (field('RemoteType') ?? '').toLowerCase();
  if (field('biocViews') !== undefined || type === 'bioc') return 'Bioconductor';
  if (repositories.has(type)) return undefined;
  const commit = field('RemoteSha');
  const place = field('RemoteUrl') ?? `${type}:${field('RemoteUsername') ?? ''}/${field('RemoteRepo') ?? ''}`;
  return commit ? `${place}#${commit}` : place;
}
