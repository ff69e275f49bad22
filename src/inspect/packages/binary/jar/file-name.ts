/** What a name such as `log4j-core-2.14.1` says. */
export interface NameParts {
  readonly artifact: string;
  readonly version?: string;
}

const maxLength = 255;
/** Parts of a version that begin with a letter. */
const qualifier =
  /^(?:alpha|beta|b|rc|cr|m|snapshot|final|ga|sp|release|jre|android|incubating|pre|preview|build|rev|patch|hotfix|redhat|jenkins|jbossorg|stable|ea)[\d.]{0,20}$/i;

/**
 * Cuts a file's name in two.
 * @param versions What the manifest says of its version: where the name has one of them, it is cut there.
 */
export function parseFileName(stem: string, versions: readonly string[]): NameParts {
  if (stem.length > maxLength) return { artifact: stem.slice(0, maxLength) };
  for (const version of versions) {
    const at = stem.indexOf(`-${version}`);
    const next = stem[at + 1 + version.length];
    if (at > 0 && (next === undefined || next === '-')) return { artifact: stem.slice(0, at), version };
  }
  return cutByUnderscore(stem) ?? cutByHyphens(stem) ?? { artifact: stem };
}

/** The version are the last parts that begin with digits, and qualifiers between them. */
function cutByHyphens(stem: string): NameParts | undefined {
  const parts = stem.split('-');
  let start = parts.length;
  for (let at = parts.length - 1; at > 0; at--) {
    if (/^v?\d/.test(parts[at]!)) start = at;
    else if (!qualifier.test(parts[at]!)) break;
  }
  const version = parts.slice(start).join('-');
  return version === '' || parts[0] === ''
    ? undefined
    : { artifact: parts.slice(0, start).join('-'), version: version.replace(/^v/, '') };
}

/** Eclipse's way: `org.eclipse.osgi_3.18.0.v20220516-2155`. */
function cutByUnderscore(stem: string): NameParts | undefined {
  const [, artifact, version] = /^([a-z][\w-]*\.[\w.-]*?)_(\d{1,9}\.\d{1,9}\.\d[\w.-]{0,100})$/i.exec(stem) ?? [];
  return artifact && version ? { artifact, version } : undefined;
}

/** Source code and documentation: nothing of it is run. */
export function isWithoutCode(stem: string): boolean {
  return /-(?:sources|javadoc|test-sources)$/.test(stem);
}
