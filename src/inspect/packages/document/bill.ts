import { isNamedWithinDistribution } from '../distribution-purl.ts';

/** What counts of one component of a bill of materials, whichever format it is in. Its fields are unchecked. */
export interface BillComponent {
  /** How the component is called, in any of the ways that make sense: alone, or with its group. */
  readonly names: readonly string[];
  readonly version?: string | undefined;
  readonly purl: string | undefined;
  readonly licenses?: readonly string[] | undefined;
  readonly maintainer?: string | undefined;
  readonly source?: { readonly name: string; readonly version: string } | undefined;
  readonly development?: boolean | undefined;
  /** purl type of the distribution's package that its files belong to, where the bill says so: `deb`. */
  readonly ownerType?: string | undefined;
  /** It is what the bill is about, not a part of that. */
  readonly isSubject?: boolean;
}

/** Words of SPDX for what nobody has said. */
const unsaid: ReadonlySet<string> = new Set(['', 'NOASSERTION', 'NONE']);

/** `deb` of `pkg:deb/debian/tar@1.34`; undefined of what is no package of a distribution. */
export function toOwnerType(purl: string | undefined): string | undefined {
  const type = /^pkg:([a-z]{1,20})\//.exec(purl ?? '')?.[1];
  return type !== undefined && isNamedWithinDistribution(type) ? type : undefined;
}

/** The licence of the first text that says one. */
export function licensesOf(...texts: readonly (string | undefined)[]): readonly string[] | undefined {
  const said = texts.find((text) => text !== undefined && !unsaid.has(text));
  return said === undefined ? undefined : [said];
}

/** What a package was built from, if that is a source package of a distribution and not an archive or repository. */
export function toSourcePackage(purl: string | undefined, name: unknown, version: unknown): BillComponent['source'] {
  const isDistributions = /^pkg:(?:deb|rpm|apk)\//.test(purl ?? '');
  return isDistributions && typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}
