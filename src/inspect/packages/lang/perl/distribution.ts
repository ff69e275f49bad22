import type { Listed } from '../../document/listed.ts';

/**
 * A distribution by its full name and the path of its archive: `libwww-perl-6.76`, `O/OA/OALDERS/libwww-perl-6.76.tar.gz`. The
 * version begins at the last dash before a digit, as CPAN::DistnameInfo has it. What comes from elsewhere has no such path.
 */
export function toDistribution(fullName: string, pathname: string | undefined, line?: number): Listed {
  const [, name, version] = /^(.{1,300})-(v?\d[^-]{0,200}(?:-TRIAL\d{0,9})?)$/.exec(fullName) ?? [];
  const author = /^[A-Z]\/[A-Z][A-Z0-9-]\/([A-Z][A-Z0-9-]{1,60})\//.exec(pathname ?? '')?.[1];
  return {
    kind: 'listed',
    name: name ?? fullName,
    version,
    origin: author === undefined ? pathname || 'unknown' : undefined,
    purl: author === undefined ? undefined : { namespace: author },
    ...(line === undefined ? {} : { line }),
  };
}
