import type { Problem } from '../../../../base/model/problem.ts';
import { type Purl, parsePurl, toPurl, toPurlName, toWholeName } from '../../../../base/purl.ts';
import type { OpenFile } from '../../cataloguer.ts';
import { isNamedWithinDistribution } from '../../distribution-purl.ts';
import type { BillComponent } from '../../document/bill.ts';
import type { Listed } from '../../document/listed.ts';
import { problemOf } from '../../document/problem.ts';
import { parseSourceRpm } from '../../os/rpm/source-rpm.ts';
import { isSystemName, isSystemVersion } from '../../os/system-names.ts';
import { distributionOf } from './distribution-of.ts';

/** What is no package of the image: an image, which the bill is about then, and repositories of sources. */
const otherTypes: ReadonlySet<string> = new Set(['oci', 'docker', 'github', 'gitlab', 'bitbucket']);
/** Where Wolfi and Chainguard lay a bill for each package that is installed, whichever of the two it was built for. */
const ownBills = 'var/lib/db/sbom/';
/** Types whose purls are told apart by qualifiers, here as where their own files are read. */
const qualifiedTypes: ReadonlySet<string> = new Set(['bitnami', 'julia', 'generic', 'conan']);
const shownNames = 5;

/** The packages of a bill. Components that have no usable purl are counted and the first of them named. */
export function* toListed(file: OpenFile, components: Iterable<BillComponent>): Generator<Listed | Problem> {
  const unnamed: string[] = [];
  for (const component of components) {
    const purl = component.purl === undefined ? undefined : parsePurl(component.purl);
    if (purl === undefined) {
      if (!component.isSubject) unnamed.push(component.names[0]?.slice(0, 100) ?? '?');
    } else if (!otherTypes.has(purl.type) && !isOwned(component, purl)) yield toPackage(file, component, purl);
  }
  if (unnamed.length === 0) return;
  const list = unnamed.slice(0, shownNames).join(', ') + (unnamed.length > shownNames ? ' …' : '');
  yield problemOf(
    file,
    'unidentified',
    `components without a usable purl (${unnamed.length}: ${list}) are missing from the result`,
  );
}

/** The distribution's package that brought a library speaks for it. */
function isOwned({ ownerType }: BillComponent, { type }: Purl): boolean {
  return ownerType !== undefined && ownerType !== type;
}

function toPackage(file: OpenFile, component: BillComponent, purl: Purl): Listed {
  const { licenses, maintainer, development } = component;
  const shared = { kind: 'listed', type: purl.type, licenses, maintainer, development } as const;
  const version = purl.version ?? component.version;
  return isNamedWithinDistribution(purl.type)
    ? { ...shared, ...toDistributionPackage(file, component, purl, version) }
    : { ...shared, ...toLanguagePackage(file, component, purl), version };
}

function toLanguagePackage(
  { path }: OpenFile,
  { names, isSubject }: BillComponent,
  purl: Purl,
): Omit<Listed, 'kind' | 'version'> {
  const { type, namespace, qualifiers } = purl;
  if (type === 'cpan') return { name: purl.name, ...(namespace ? { purl: { namespace } } : {}) };
  const folder = `file:${path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '.'}`;
  // Anybody may call a project of his own as a published package, if the name has no owner in it.
  const isOwn = isSubject === true && namespace === undefined && type !== 'bitnami';
  return {
    name: spellingOf(purl, names),
    origin: isOwn ? folder : originOf(purl, folder),
    ...(qualifiers && qualifiedTypes.has(type) ? { purl: { qualifiers } } : {}),
  };
}

/** The name as the component itself has it where that is the same: purl writes some names in lower case, advisories do not. */
function spellingOf(purl: Purl, names: readonly string[]): string {
  const { type } = purl;
  const wanted = toPurl({ type, ...(purl.namespace ? { namespace: purl.namespace } : {}), name: purl.name });
  const isSame = (name: string) => name !== '' && toPurl({ type, ...toPurlName(type, name) }) === wanted;
  return names.find((name) => name.length <= 300 && isSame(name)) ?? toWholeName(purl);
}

/** Where it is not from the ecosystem's own registry. */
function originOf({ qualifiers = {} }: Purl, folder: string): string | undefined {
  const { vcs_url: repository, repository_url: registry, download_url: download } = qualifiers;
  if (repository !== undefined || registry !== undefined) return repository ?? registry;
  return download?.startsWith('file:') ? folder : undefined;
}

/** Packages of a distribution are named within it; qualifiers say the epoch, the source package and the release. */
function toDistributionPackage(
  { path }: OpenFile,
  { source }: BillComponent,
  { type, namespace, name, qualifiers = {} }: Purl,
  version: string | undefined,
): Omit<Listed, 'kind'> {
  const { arch, epoch, upstream, distro } = qualifiers;
  const whole =
    version !== undefined && epoch !== undefined && /^\d{1,10}$/.test(epoch) ? `${epoch}:${version}` : version;
  const isOpen = namespace === undefined || path.startsWith(ownBills);
  const distribution = isOpen ? undefined : distributionOf(namespace, distro);
  const named = upstream === undefined ? source : (toSource(type, upstream, whole ?? '') ?? source);
  const origin = named && { name: named.name, version: named.version || (whole ?? '') };
  const isUsable = origin !== undefined && isSystemName(origin.name) && isSystemVersion(origin.version);
  return { name, version: whole, architecture: arch, distribution, ...(isUsable ? { source: origin } : {}) };
}

/** `zlib` or `zlib@1.2.13`; of rpm the file name of the source package. */
function toSource(type: string, upstream: string, version: string): { name: string; version: string } | undefined {
  if (type === 'rpm') {
    const epoch = /^(\d{1,10}):/.exec(version)?.[1];
    return parseSourceRpm(upstream, epoch === undefined ? undefined : Number(epoch));
  }
  const at = upstream.indexOf('@');
  return at < 0 ? { name: upstream, version } : { name: upstream.slice(0, at), version: upstream.slice(at + 1) };
}
