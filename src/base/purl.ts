import { ecosystems } from './ecosystems.ts';

/** The parts of a package URL, decoded. https://github.com/package-url/purl-spec/blob/main/PURL-SPECIFICATION.md */
export interface Purl {
  readonly type: string;
  /** Segments with slashes between them: `debian`, `@scope`. */
  readonly namespace?: string;
  readonly name: string;
  readonly version?: string;
  /** Keys are lower-case. One without a value is as good as absent. */
  readonly qualifiers?: Readonly<Record<string, string>>;
  /** Path inside the package, without slashes around it. */
  readonly subpath?: string;
}

/** Longest text that is read: that of a URL in most programs is 2,048, and purls may hold one. */
const maxPurlLength = 8192;

const type = /^[a-z][a-z0-9.-]*$/;
const qualifierKey = /^[a-z][a-z0-9._-]*$/;
const nameRules = new Map(ecosystems.map((row) => [row.purlType, row.purlName]));

/** What stands between namespace and name where whole names of a type have no slash for it. */
const separators: Readonly<Record<string, string>> = { maven: ':' };

/**
 * Cuts the whole name of a package, as its ecosystem and advisories write it, into purl's namespace and name, at the last
 * separator: `@scope/name`, `vendor/name`, Maven's `group:artifact`.
 */
export function toPurlName(type: string, wholeName: string): Pick<Purl, 'namespace' | 'name'> {
  const at = wholeName.lastIndexOf(separatorOf(type));
  return at > 0 && at < wholeName.length - 1
    ? { namespace: wholeName.slice(0, at), name: wholeName.slice(at + 1) }
    : { name: wholeName };
}

/** The other way: the whole name of what a purl names. */
export function toWholeName({ type, namespace, name }: Purl): string {
  return namespace === undefined ? name : `${namespace}${separatorOf(type)}${name}`;
}

function separatorOf(type: string): string {
  return separators[type] ?? '/';
}

/**
 * Writes the canonical form: parts encoded, qualifiers sorted, type and names as the type's rules want them. Qualifiers whose
 * key or value purl does not allow are left out. Name and type must not be empty.
 */
export function toPurl(purl: Purl): string {
  const kind = purl.type.toLowerCase();
  const normalise = nameRules.get(kind) ?? ((name: string) => name);
  const namespace = toSegments(purl.namespace ?? '').map(normalise);
  const path = [...namespace, normalise(purl.name)].map(encode).join('/');
  const version = purl.version ? `@${encode(purl.version)}` : '';
  const qualifiers = encodeQualifiers(purl.qualifiers ?? {});
  const subpath = toSubpath(toSegments(purl.subpath ?? ''))
    .map(encode)
    .join('/');
  return `pkg:${kind}/${path}${version}${qualifiers && `?${qualifiers}`}${subpath && `#${subpath}`}`;
}

/**
 * Reads a purl and applies its type's rules for names. Undefined for what is not one: no `pkg:`, a bad type, no name, an
 * empty version, a qualifier that is malformed or comes twice, a broken percent-encoding. Slashes around a part, which the
 * specification has parsers drop, and a scope's `@` that is not encoded are accepted.
 */
export function parsePurl(text: string): Purl | undefined {
  if (text.length > maxPurlLength || !/^pkg:/i.test(text)) return undefined;
  const [beforeSubpath, encodedSubpath] = splitAtLast(text.slice(4), '#');
  const [beforeQualifiers, encodedQualifiers] = splitAtLast(beforeSubpath, '?');
  const [path, encodedVersion] = splitVersion(beforeQualifiers);
  const [kind = '', ...segments] = toSegments(path);
  const names = decodeAll(segments);
  const version = encodedVersion === undefined ? undefined : decode(encodedVersion);
  const qualifiers = parseQualifiers(encodedQualifiers);
  const subpath = decodeAll(toSegments(encodedSubpath ?? ''));
  if (!type.test(kind.toLowerCase()) || !names?.length || !qualifiers || !subpath) return undefined;
  if (encodedVersion !== undefined && !version) return undefined;
  return toParts(kind.toLowerCase(), names, version, qualifiers, toSubpath(subpath));
}

function toParts(
  kind: string,
  names: readonly string[],
  version: string | undefined,
  qualifiers: ReadonlyMap<string, string>,
  subpath: readonly string[],
): Purl | undefined {
  const normalise = nameRules.get(kind) ?? ((name: string) => name);
  const namespace = names.slice(0, -1).map(normalise);
  // A segment that holds a slash would come apart when it is written again.
  if ([...namespace, ...subpath].some((segment) => segment.includes('/'))) return undefined;
  return {
    type: kind,
    ...(namespace.length > 0 ? { namespace: namespace.join('/') } : {}),
    name: normalise(names.at(-1)!),
    ...(version ? { version } : {}),
    ...(qualifiers.size > 0 ? { qualifiers: Object.fromEntries(qualifiers) } : {}),
    ...(subpath.length > 0 ? { subpath: subpath.join('/') } : {}),
  };
}

function splitAtLast(text: string, separator: string): [left: string, right: string | undefined] {
  const at = text.lastIndexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** An `@` between a slash and a later one starts a scope that is not encoded, as in `pkg:npm/@babel/core`. */
function splitVersion(text: string): [path: string, version: string | undefined] {
  const at = text.lastIndexOf('@');
  const isScope = text[at - 1] === '/' && text.includes('/', at);
  return at < 0 || isScope ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

function toSegments(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function toSubpath(segments: readonly string[]): string[] {
  return segments.filter((segment) => segment !== '.' && segment !== '..');
}

function parseQualifiers(text: string | undefined): Map<string, string> | undefined {
  const qualifiers = new Map<string, string>();
  for (const pair of text?.split('&') ?? []) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at).toLowerCase();
    const value = decode(pair.slice(at + 1));
    if (at < 0 || !qualifierKey.test(key) || value === undefined || qualifiers.has(key)) return undefined;
    if (value !== '') qualifiers.set(key, value);
  }
  return qualifiers;
}

/** Slashes stay as they are here, as in the specification's `vcs_url=git://host.com/path`. */
function encodeQualifiers(qualifiers: Readonly<Record<string, string>>): string {
  return Object.entries(qualifiers)
    .map(([key, value]) => [key.toLowerCase(), value] as const)
    .filter(([key, value]) => qualifierKey.test(key) && value !== '')
    .map(([key, value]) => `${key}=${encode(value).replaceAll('%2F', '/')}`)
    .sort()
    .join('&');
}

/** All but letters, digits, `.`, `-`, `_`, `~` and `:`, as UTF-8. */
function encode(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed()).replaceAll('%3A', ':');
  return encoded.replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not a percent-encoding of UTF-8: bad input, and the caller says so.
    return undefined;
  }
}

function decodeAll(segments: readonly string[]): string[] | undefined {
  const decoded = segments.map(decode);
  return decoded.includes(undefined) ? undefined : (decoded as string[]);
}
