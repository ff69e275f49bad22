import { readLines } from '../../../base/bytes/lines.ts';
import type { Limits } from '../../../base/limits.ts';
import type { Problem } from '../../../base/model/problem.ts';
import type { OpenFile } from '../cataloguer.ts';
import { type BillComponent, licensesOf, toOwnerType, toSourcePackage } from './bill.ts';
import { problemOf } from './problem.ts';
import { type Table, tablesOf, textOf, textsOf } from './table.ts';
import { decodeText } from './text.ts';

/** One package and what SPDX says of it beside. */
interface SpdxPackage extends BillComponent {
  readonly id: string | undefined;
  /** `SOURCE`, `CONTAINER` ... */
  readonly purpose: string | undefined;
}

interface Relation {
  readonly from: string | undefined;
  readonly kind: string | undefined;
  readonly to: string | undefined;
}

/** Purposes of what is not itself in the image as a package. */
const otherPurposes: ReadonlySet<string> = new Set([
  'SOURCE',
  'FILE',
  'OPERATING_SYSTEM',
  'OPERATING-SYSTEM',
  'CONTAINER',
]);

/** Longest line of tags and values that is read: a purl may have 8,192 characters. */
const maxLineLength = 8600;

/**
 * The packages of SPDX 2 in JSON. What they were built from is left out: it is not there.
 * https://spdx.github.io/spdx-spec/v2.3/package-information/
 */
export function readSpdxJson(document: Table): BillComponent[] {
  const packages = tablesOf(document.packages).map(toPackage);
  const relations = tablesOf(document.relationships).map((row) => ({
    from: textOf(row.spdxElementId),
    kind: textOf(row.relationshipType),
    to: textOf(row.relatedSpdxElement),
  }));
  return withRoles(packages, relations, textsOf(document.documentDescribes));
}

function toPackage(row: Table): SpdxPackage {
  const reference = tablesOf(row.externalRefs).find(({ referenceType }) => referenceType === 'purl');
  return {
    id: textOf(row.SPDXID),
    names: textsOf([row.name]),
    version: textOf(row.versionInfo),
    purl: textOf(reference?.referenceLocator),
    licenses: licensesOf(textOf(row.licenseConcluded), textOf(row.licenseDeclared)),
    maintainer: toSupplier(textOf(row.supplier)),
    purpose: textOf(row.primaryPackagePurpose),
  };
}

/** Relations that are kept; bills have many others, such as which files a package contains. */
const keptRelations: ReadonlySet<string | undefined> = new Set(['DESCRIBES', 'DESCRIBED_BY', 'GENERATED_FROM']);

/**
 * The packages of SPDX 2 as tags and values: each begins with its name.
 * @returns A problem beside them where there are more packages or relations than a file may have: the rest is left.
 */
export function readSpdxTags(
  file: OpenFile,
  { maxPackagesPerFile: most }: Limits,
): { readonly components: BillComponent[]; readonly problem?: Problem } {
  const packages: SpdxPackage[] = [];
  const relations: Relation[] = [];
  let count = 0;
  for (const line of readLines(decodeText(file))) {
    count++;
    const [, tag, value = ''] = /^([A-Za-z]{1,40}): ?(.{0,8500})$/.exec(line.slice(0, maxLineLength)) ?? [];
    if (tag === 'PackageName') packages.push({ id: undefined, names: [value], purl: undefined, purpose: undefined });
    else if (tag === 'Relationship') {
      const [from, kind, to] = value.split(' ', 3);
      if (keptRelations.has(kind)) relations.push({ from, kind, to });
    } else if (packages.length > 0 && tag !== undefined)
      packages.push({ ...packages.pop()!, ...toField(tag, value.trim()) });
    if (packages.length <= most && relations.length <= most) continue;
    const message = `it has over ${most} packages, or relations of them; the rest was not read`;
    const components = withRoles(packages.slice(0, most), relations, []);
    return { components, problem: problemOf(file, 'too-many', message, count) };
  }
  return { components: withRoles(packages, relations, []) };
}

function toField(tag: string, value: string): Partial<SpdxPackage> {
  if (tag === 'SPDXID') return { id: value };
  if (tag === 'PackageVersion') return { version: value };
  if (tag === 'PackageLicenseConcluded' || tag === 'PackageLicenseDeclared') {
    const licenses = licensesOf(value);
    return licenses ? { licenses } : {};
  }
  if (tag === 'PackageSupplier') return { maintainer: toSupplier(value) };
  if (tag === 'PrimaryPackagePurpose') return { purpose: value };
  const purl = tag === 'ExternalRef' ? purlOf(value) : undefined;
  return purl === undefined ? {} : { purl };
}

/** `PACKAGE-MANAGER purl pkg:bitnami/redis@7.4.0-0` */
function purlOf(reference: string): string | undefined {
  return /^\S{1,40} {1,10}purl {1,10}(\S{1,8192})/.exec(reference)?.[1];
}

/** `Person: Jane Doe (jane@example.org)` */
function toSupplier(text: string | undefined): string | undefined {
  return /^(?:Person|Organization): {0,10}(\S.{0,300})/.exec(text ?? '')?.[1];
}

function withRoles(
  packages: readonly SpdxPackage[],
  relations: readonly Relation[],
  described: readonly string[],
): BillComponent[] {
  const subjects = new Set<string | undefined>(described);
  const sources = new Map<string | undefined, string | undefined>();
  for (const { from, kind, to } of relations) {
    if (kind === 'DESCRIBES') subjects.add(to);
    if (kind === 'DESCRIBED_BY') subjects.add(from);
    if (kind === 'GENERATED_FROM') sources.set(from, to);
  }
  const byId = new Map(packages.map((item) => [item.id, item]));
  const built = new Set(sources.values());
  const owners = readOwners(relations, byId);
  return packages
    .filter(({ id, purpose }) => !otherPurposes.has(purpose ?? '') && (id === undefined || !built.has(id)))
    .map((item) => ({
      ...item,
      source: item.id === undefined ? undefined : toSource(byId.get(sources.get(item.id))),
      ownerType: owners.get(item.id),
      isSubject: packages.length === 1 || (item.id !== undefined && subjects.has(item.id)),
    }));
}

/** purl type of the distribution's package that contains each package, by the latter's id. */
function readOwners(
  relations: readonly Relation[],
  byId: ReadonlyMap<string | undefined, SpdxPackage>,
): Map<string | undefined, string> {
  const owners = new Map<string | undefined, string>();
  for (const { from, kind, to } of relations) {
    const type = kind === 'CONTAINS' ? toOwnerType(byId.get(from)?.purl) : undefined;
    if (type !== undefined && to !== undefined) owners.set(to, type);
  }
  return owners;
}

function toSource(item: SpdxPackage | undefined): BillComponent['source'] {
  return item === undefined ? undefined : toSourcePackage(item.purl, item.names[0], item.version);
}
