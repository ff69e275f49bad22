/** Who built a package. */
export interface Supplier {
  readonly kind: 'person' | 'organization';
  readonly name: string;
  readonly email?: string;
}

/** Longer ones are no names. */
const maxLength = 500;
/** Words by which groups sign as maintainers. Whoever has none of them is taken for a person. */
const groupWords =
  /\b(?:team|developers|maintainers|packagers|group|project|foundation|community|security|release|inc|ltd|llc|gmbh|corp(?:oration)?|linux|suse|red hat|amazon|microsoft|oracle|vmware|google)\b/i;

/**
 * Reads a maintainer or vendor, `Name <name@example.org>`; undefined for what names nobody.
 * @param isVendor What is read is the name of a company or a distribution.
 */
export function parseSupplier(text: string | undefined, isVendor = false): Supplier | undefined {
  if (text === undefined || text.length > maxLength) return undefined;
  const [, named = text, email] = /^([^<>]*)<([^<>\s()]+@[^<>\s()]+)>\s*$/.exec(text) ?? [];
  // Brackets would be read as an address, and a line end as the end of the name.
  const name = named.replace(/[\p{C}\p{Z}()<>]+/gu, ' ').trim();
  if (name === '') return undefined;
  return { kind: isVendor || groupWords.test(name) ? 'organization' : 'person', name, ...(email ? { email } : {}) };
}
