import { type Ecosystem, ecosystemOf } from '../../base/ecosystems.ts';
import { PlimsollError } from '../../base/errors.ts';
import type { Match } from '../../base/model/match.ts';
import type { Package } from '../../base/model/package.ts';
import type { Problem } from '../../base/model/problem.ts';
import { type Shard, toShardName } from '../database/shard.ts';
import type { AdvisoryBody, AffectedRow } from '../database/shard-rows.ts';
import { judge } from './range.ts';
import { suppressionOf } from './suppression.ts';
import { type Hit, type LookUp, toVulnerabilities, type Vulnerability } from './vulnerability.ts';

/** The advisories of one ecosystem and release, as `database` opens them. */
export type AdvisoryShard = Pick<Shard, 'header' | 'affecting' | 'advisories'>;

/** What is known of a CVE beside its advisories. */
export interface Priorities {
  kev(ids: Iterable<string>): ReadonlyMap<string, NonNullable<Match['kev']>>;
  epss(ids: Iterable<string>): ReadonlyMap<string, NonNullable<Match['epss']>>;
}

export interface Matched {
  readonly matches: readonly Match[];
  readonly problems: readonly Problem[];
}

/**
 * Shard that a package's advisories are in: `Debian:11`, `npm`. Undefined where its distribution or release is not known, or not the
 * whole name that advisories use.
 */
export function shardNameOf({ ecosystem, release, name }: Package): string | undefined {
  const row = ecosystemOf(ecosystem);
  if (row?.isWholeName?.(name) === false) return undefined;
  if (row === undefined || (row.release !== undefined && release === undefined)) return undefined;
  return toShardName(row.osv, release ?? '');
}

/**
 * Compares packages with the advisories of their shard. All packages must belong to it.
 * @param comparedTypes See `suppressionOf`.
 * @param maxMatches Fails with `limit-exceeded` where there are more.
 */
export function matchPackages(
  packages: readonly Package[],
  shard: AdvisoryShard,
  comparedTypes: ReadonlySet<string>,
  maxMatches: number = Number.POSITIVE_INFINITY,
): Matched {
  const ecosystem = ecosystemOf(shard.header.ecosystem);
  if (ecosystem === undefined) return { matches: [], problems: [] };
  const judged = judgeAll(packages, shard, ecosystem, maxMatches);
  const matches: Match[] = [];
  const problems: Problem[] = [];
  for (const item of judged.size === 0 ? [] : packages) {
    const lookUp = lookUpOf(item, ecosystem);
    const known = judged.get(keyOf(lookUp));
    if (known === undefined) continue;
    const suppressed = suppressionOf(item, comparedTypes);
    const { purl, name, version, locations } = item;
    const common = { package: { purl, name, version, locations }, ...(suppressed ? { suppressed } : {}) };
    for (const vulnerability of known.vulnerabilities) matches.push({ ...vulnerability, ...common });
    if (matches.length > maxMatches) throw tooManyMatches(maxMatches);
    if (known.unknown.length > 0) problems.push(notComparable(item, lookUp.version, known.unknown));
  }
  return { matches, problems };
}

interface Judged {
  readonly vulnerabilities: readonly Vulnerability[];
  /** Advisories whose versions could not be compared. */
  readonly unknown: readonly string[];
}

/** Binary packages of one source share its name and version, and so the judgement. */
function keyOf({ name, version }: LookUp): string {
  return `${name}\0${version}`;
}

/** What is judged once is told of every binary package of a source: it takes the memory of some four matches. */
const matchesPerJudged = 4;

/** Judges every version once: first all by what affects their packages, then the bodies of just those advisories that apply. */
function judgeAll(
  packages: readonly Package[],
  shard: AdvisoryShard,
  ecosystem: Ecosystem,
  maxMatches: number,
): Map<string, Judged> {
  const applying = applyRows(packages, shard, ecosystem, maxMatches);
  const bodies = bodiesOf(applying.values(), shard);
  const judged = new Map<string, Judged>();
  let count = 0;
  for (const [key, { lookUp, hits, unknown }] of applying) {
    const whole: Hit[] = [];
    for (const { row, judgement } of hits) {
      const body = bodies.get(row.advisory);
      if (body !== undefined) whole.push({ row, judgement, body });
    }
    const vulnerabilities = toVulnerabilities(whole, lookUp, shard.header, ecosystem);
    judged.set(key, { vulnerabilities, unknown });
    count += vulnerabilities.length;
    if (count > maxMatches / matchesPerJudged) throw tooManyMatches(maxMatches);
  }
  return judged;
}

function bodiesOf(applying: Iterable<Applying>, shard: AdvisoryShard): Map<string, AdvisoryBody> {
  const ids = new Set<string>();
  for (const { hits } of applying) for (const { row } of hits) ids.add(row.advisory);
  return shard.advisories(ids);
}

/** Several advisories may be one vulnerability: here only what no folding would make few is refused. */
function applyRows(
  packages: readonly Package[],
  shard: AdvisoryShard,
  ecosystem: Ecosystem,
  maxMatches: number,
): Map<string, Applying> {
  const rows = shard.affecting(new Set(packages.map((item) => lookUpOf(item, ecosystem).name)));
  const applying = new Map<string, Applying>();
  let count = 0;
  for (const item of rows.size === 0 ? [] : packages) {
    const lookUp = lookUpOf(item, ecosystem);
    const found = rows.get(lookUp.name);
    const key = keyOf(lookUp);
    if (found === undefined || applying.has(key)) continue;
    const { hits, unknown } = judgeRows(found, lookUp, ecosystem);
    applying.set(key, { lookUp, hits, unknown });
    count += hits.length;
    if (count > maxMatches) throw tooManyMatches(maxMatches);
  }
  return applying;
}

interface Applying {
  readonly lookUp: LookUp;
  readonly hits: readonly Omit<Hit, 'body'>[];
  readonly unknown: readonly string[];
}

function judgeRows(rows: readonly AffectedRow[], { version }: LookUp, { order }: Ecosystem): Omit<Applying, 'lookUp'> {
  const hits: Omit<Hit, 'body'>[] = [];
  const unknown: string[] = [];
  const parsed = order.parse(version);
  for (const row of rows) {
    const judgement = judge(order, version, row, parsed);
    if (judgement.kind === 'unknown') unknown.push(row.advisory);
    else if (judgement.kind === 'affected') hits.push({ row, judgement });
  }
  return { hits, unknown };
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
    if (known === undefined) return score === undefined ? match : { ...match, epss: score };
    return { ...match, kev: known, ...(score ? { epss: score } : {}) };
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

function tooManyMatches(maxMatches: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `More vulnerabilities apply to its packages than are held in memory: over ${maxMatches} in binary packages, or over ${maxMatches / matchesPerJudged} in versions of packages. Remove old kernels or lock files from it, or scan one directory of it (dir:).`,
  );
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
