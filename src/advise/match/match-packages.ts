import { type Ecosystem, ecosystemOf } from '../../base/ecosystems.ts';
import type { FixState, Match, MatchReason, Suppression } from '../../base/model/match.ts';
import type { Package } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import { ratingOf } from '../../base/severity.ts';
import { type Shard, toShardName } from '../database/shard.ts';
import type { AdvisoryBody, AffectedRow } from '../database/shard-rows.ts';
import { foldIdentities, type Identity } from './identity.ts';
import { type Judgement, judge } from './range.ts';
import { suppressionOf } from './suppression.ts';

/** The advisories of one ecosystem and release, as `database` opens them. */
export type AdvisoryShard = Pick<Shard, 'header' | 'affecting' | 'advisory'>;

/** What is known of a CVE beside its advisories. */
export interface Priorities {
  kev(ids: Iterable<string>): ReadonlyMap<string, NonNullable<Match['kev']>>;
  epss(ids: Iterable<string>): ReadonlyMap<string, NonNullable<Match['epss']>>;
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly problems: readonly Problem[];
}

/** Shard that a package's advisories are in: `Debian:11`, `npm`. Undefined where its distribution or release is not known. */
export function shardNameOf({ ecosystem, release }: Package): string | undefined {
  const row = ecosystemOf(ecosystem);
  if (row === undefined || (row.release !== undefined && release === undefined)) return undefined;
  return toShardName(row.osv, release ?? '');
}

/**
 * Compares packages with the advisories of their shard. All packages must belong to it.
 * @param comparedTypes See `suppressionOf`.
 */
export function matchPackages(
  packages: readonly Package[],
  shard: AdvisoryShard,
  comparedTypes: ReadonlySet<string>,
): Matched {
  const ecosystem = ecosystemOf(shard.header.ecosystem);
  if (ecosystem === undefined) return { matches: [], problems: [] };
  const rows = shard.affecting(new Set(packages.map((item) => lookUpOf(item, ecosystem).name)));
  const judged = new Map<string, Judged>();
  const matches: Match[] = [];
  const problems: Problem[] = [];
  for (const item of packages) {
    const lookUp = lookUpOf(item, ecosystem);
    const found = rows.get(lookUp.name);
    if (found === undefined) continue;
    // Binary packages of one source share its name and version, and so the judgement.
    const key = `${lookUp.name} ${lookUp.version}`;
    const known = judged.get(key) ?? judgeRows(found, lookUp, shard, ecosystem);
    judged.set(key, known);
    const suppressed = suppressionOf(item, comparedTypes);
    for (const vulnerability of known.vulnerabilities) matches.push(toMatch(item, vulnerability, suppressed));
    if (known.unknown.length > 0) problems.push(notComparable(item, lookUp.version, known.unknown));
  }
  return { matches, problems };
}

/** Adds what is known of the CVEs of matches: known exploitation and its likelihood. */
export function addPriorities(matches: readonly Match[], priorities: Priorities): Match[] {
  const ids = new Set<string>();
  for (const { id, aliases } of matches) {
    if (isCve(id)) ids.add(id);
    for (const alias of aliases) if (isCve(alias)) ids.add(alias);
  }
  const kev = priorities.kev(ids);
  const epss = priorities.epss(ids);
  return matches.map((match) => {
    const known = findFor(match, kev);
    const score = findFor(match, epss);
    return { ...match, ...(known ? { kev: known } : {}), ...(score ? { epss: score } : {}) };
  });
}

function isCve(name: string): boolean {
  return name.startsWith('CVE-');
}

/** What is known of any name of a match, the best-known name first. */
function findFor<T>({ id, aliases }: Match, known: ReadonlyMap<string, T>): T | undefined {
  if (known.size === 0) return undefined;
  const found = known.get(id);
  if (found !== undefined) return found;
  for (const alias of aliases) {
    const other = known.get(alias);
    if (other !== undefined) return other;
  }
  return undefined;
}

/** Advisories of a distribution name the source package and its version; those of a language name the package. */
function lookUpOf({ name, version, source }: Package, ecosystem: Ecosystem): LookUp {
  const found = ecosystem.looksUpBy === 'source' && source !== undefined ? source : { name, version };
  return { name: ecosystem.normaliseName(found.name), version: found.version };
}

/** All that a match says but for which package has it. */
type Vulnerability = Omit<Match, 'package' | 'suppressed' | 'kev' | 'epss'>;

interface Judged {
  readonly vulnerabilities: readonly Vulnerability[];
  /** Advisories whose versions could not be compared. */
  readonly unknown: readonly string[];
}

interface LookUp {
  readonly name: string;
  readonly version: string;
}

interface Hit {
  readonly row: AffectedRow;
  readonly body: AdvisoryBody;
  readonly judgement: Extract<Judgement, { kind: 'affected' }>;
}

function judgeRows(rows: readonly AffectedRow[], lookUp: LookUp, shard: AdvisoryShard, ecosystem: Ecosystem): Judged {
  const hits: Hit[] = [];
  const unknown: string[] = [];
  const parsed = ecosystem.order.parse(lookUp.version);
  for (const row of rows) {
    const judgement = judge(ecosystem.order, lookUp.version, row, parsed);
    if (judgement.kind === 'unknown') unknown.push(row.advisory);
    if (judgement.kind !== 'affected') continue;
    const body = shard.advisory(row.advisory);
    if (body !== undefined) hits.push({ row, body, judgement });
  }
  const namings = hits.map(({ row, body }) => ({ id: row.advisory, aliases: body.aliases, upstream: body.upstream }));
  const vulnerabilities = foldIdentities(namings).map((identity) => {
    const members = identity.advisories.map((index) => hits[index]!);
    return toVulnerability(identity, members, lookUp, shard, ecosystem);
  });
  return { vulnerabilities, unknown };
}

function toVulnerability(
  { id, aliases }: Identity,
  members: readonly Hit[],
  lookUp: LookUp,
  { header }: AdvisoryShard,
  ecosystem: Ecosystem,
): Vulnerability {
  const [reason, ...otherReasons] = members.map((hit) => toReason(hit, lookUp, header));
  const fixedVersions = sortVersions(
    members.flatMap(({ judgement }) => judgement.fixed),
    ecosystem,
  );
  const summary = members.map(({ body }) => body.summary).find((text) => text !== undefined);
  const { severity, rating, cvss } = rate(members, header.feed);
  return {
    id,
    aliases,
    severity,
    ...(rating ? { rating } : {}),
    cvss,
    ...(summary ? { summary } : {}),
    references: members.length === 1 ? members[0]!.body.references : joinReferences(members),
    fixedVersions,
    state: stateOf(members, fixedVersions),
    reason: reason!,
    otherReasons,
  };
}

function joinReferences(members: readonly Hit[]): string[] {
  return [...new Set(members.flatMap(({ body }) => body.references))].slice(0, 8);
}

function toMatch(item: Package, vulnerability: Vulnerability, suppressed: Suppression | undefined): Match {
  const { purl, name, version, locations } = item;
  return { ...vulnerability, package: { purl, name, version, locations }, ...(suppressed ? { suppressed } : {}) };
}

function toReason(
  { row, judgement }: Hit,
  { name, version }: LookUp,
  { feed, ecosystem, release }: AdvisoryShard['header'],
): MatchReason {
  const { range, how } = judgement;
  return { feed, advisory: row.advisory, shard: toShardName(ecosystem, release), name, version, range, how };
}

/** What an advisory says of this package comes before what it says in general. */
function rate(members: readonly Hit[], source: string): Pick<Match, 'severity' | 'cvss' | 'rating'> {
  if (!members.some(({ row, body }) => row.ratings.length + body.ratings.length > 0))
    return { severity: 'unknown', cvss: [] };
  const { severity, rating, cvss } = ratingOf(members.flatMap(({ row, body }) => [...row.ratings, ...body.ratings]));
  return { severity, cvss, ...(rating ? { rating: { type: rating.type, score: rating.score, source } } : {}) };
}

function sortVersions(versions: readonly string[], { order }: Ecosystem): string[] {
  const distinct = [...new Set(versions)];
  if (distinct.length < 2) return distinct;
  const parsed = distinct.map((text) => ({ text, at: order.parse(text) }));
  return parsed
    .sort((a, b) => (a.at === undefined || b.at === undefined ? 0 : order.compare(a.at, b.at)))
    .map(({ text }) => text);
}

/** Words of vendors for what they leave unfixed. */
const vendorStates = new Map<string, FixState>([
  ['ignored', 'will-not-fix'],
  ['wont-fix', 'will-not-fix'],
  ['will-not-fix', 'will-not-fix'],
  ['deferred', 'deferred'],
  ['postponed', 'deferred'],
  ['end-of-life', 'end-of-life'],
]);

function stateOf(members: readonly Hit[], fixedVersions: readonly string[]): FixState {
  if (fixedVersions.length > 0) return 'fixed';
  const states = members.flatMap(({ row }) => (row.vendorState ? [vendorStates.get(row.vendorState)] : []));
  return states.find((state) => state !== undefined) ?? 'not-fixed';
}

function notComparable(item: Package, version: string, advisories: readonly string[]): Problem {
  const named = advisories.slice(0, 5).join(', ') + (advisories.length > 5 ? ' …' : '');
  const message = `${item.name} ${version} could not be compared with ${advisories.length} of its advisories (${named}); whether they apply is not known.`;
  const [place] = item.locations;
  return {
    kind: 'problem',
    where: { path: place?.path ?? '', ...(place?.layer ? { layer: place.layer } : {}) },
    code: 'unknown-version',
    message,
  };
}
