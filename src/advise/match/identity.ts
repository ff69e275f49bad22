/** The names that an advisory gives to vulnerabilities. */
export interface Naming {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly upstream: readonly string[];
}

/** One vulnerability as some advisories name it. */
export interface Identity {
  /** The best-known name. */
  readonly id: string;
  /** All the others, sorted; the advisories' own ids included. */
  readonly aliases: readonly string[];
  /** Places of the advisories in the list that was given. */
  readonly advisories: readonly number[];
}

/** Distributions give a CVE a name of their own that only repeats it: DEBIAN-CVE-2024-1, UBUNTU-CVE-2024-1. */
const repeated = /^[A-Z]{2,20}-(CVE-\d{4}-\d{4,12})$/;

/**
 * Folds advisories of one package into vulnerabilities: those that share a name are one. An advisory about several
 * vulnerabilities (a DSA that fixes five CVEs) counts for each of them.
 */
export function foldIdentities(advisories: readonly Naming[]): Identity[] {
  const byCve = foldByCve(advisories);
  if (byCve !== undefined) return byCve;
  const groups = new NameGroups();
  const memberships = advisories.map((advisory) => groupNames(advisory, groups));
  const members = new Map<string, Set<number>>();
  for (const [index, names] of memberships.entries()) {
    for (const name of names) {
      const root = groups.rootOf(name);
      members.set(root, (members.get(root) ?? new Set()).add(index));
    }
  }
  return [...members].map(([root, found]) => toIdentity(groups.namesOf(root), [...found], advisories));
}

/** The advisories of distributions name CVEs and nothing else, so that no names have to be joined. Undefined for all others. */
function foldByCve(advisories: readonly Naming[]): Identity[] | undefined {
  const found = new Map<string, { readonly names: Set<string>; readonly members: number[] }>();
  for (const [index, { id, aliases, upstream }] of advisories.entries()) {
    if (aliases.length > 0 || upstream.length === 0) return undefined;
    for (const name of upstream) {
      const cve = plainName(name);
      if (!isCve(cve)) return undefined;
      let known = found.get(cve);
      if (known === undefined) {
        known = { names: new Set(), members: [] };
        found.set(cve, known);
      }
      if (name !== cve) known.names.add(name);
      if (id !== cve) known.names.add(id);
      if (known.members.at(-1) !== index) known.members.push(index);
    }
  }
  return [...found].map(([id, { names, members }]) => ({ id, aliases: [...names].sort(), advisories: members }));
}

/** Joins the names that mean one vulnerability; answers one name for each vulnerability of the advisory. */
function groupNames({ id, aliases, upstream }: Naming, groups: NameGroups): string[] {
  const cves = new Set(upstream.map(plainName).filter(isCve));
  if (cves.size === 0) {
    for (const name of [...aliases, ...upstream]) groups.join(id, plainName(name));
    groups.join(id, plainName(id));
    return [id];
  }
  for (const name of upstream) groups.join(plainName(name), name);
  if (cves.size === 1) {
    for (const cve of cves) for (const name of [id, ...aliases]) groups.join(cve, name);
  }
  return [...cves];
}

function plainName(name: string): string {
  // Asked of every name: most are CVEs themselves.
  if (isCve(name)) return name;
  const at = name.indexOf('-CVE-');
  return at < 0 ? name : (repeated.exec(name)?.[1] ?? name);
}

function isCve(name: string): boolean {
  return name.startsWith('CVE-');
}

function toIdentity(names: readonly string[], members: readonly number[], advisories: readonly Naming[]): Identity {
  const all = new Set([...names, ...members.map((index) => advisories[index]!.id)]);
  const id = [...all].sort(compareNames)[0]!;
  all.delete(id);
  return { id, aliases: [...all].sort(), advisories: members };
}

/** CVE before GHSA before all else; of one kind the first by text. */
function compareNames(a: string, b: string): number {
  return rankOf(a) - rankOf(b) || (a < b ? -1 : 1);
}

function rankOf(name: string): number {
  return isCve(name) ? 0 : name.startsWith('GHSA-') ? 1 : 2;
}

/** Sets of names that grow together (union by size). */
class NameGroups {
  readonly #parents = new Map<string, string>();
  readonly #names = new Map<string, string[]>();

  join(a: string, b: string): void {
    const [first, second] = [this.rootOf(a), this.rootOf(b)];
    if (first === second) return;
    const [large, small] = this.namesOf(first).length < this.namesOf(second).length ? [second, first] : [first, second];
    this.#parents.set(small, large);
    this.#names.get(large)!.push(...this.namesOf(small));
    this.#names.delete(small);
  }

  rootOf(name: string): string {
    let root = name;
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent;
    if (!this.#names.has(root)) this.#names.set(root, [root]);
    return root;
  }

  namesOf(root: string): readonly string[] {
    return this.#names.get(root) ?? [];
  }
}
