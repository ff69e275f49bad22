import { type Database, openDatabase, type ShardInfo } from '../advise/database/database.ts';
import type { SupportEnd } from '../advise/database/mark-table.ts';
import { addPriorities, type Matched, matchPackages, shardNameOf } from '../advise/match/match-packages.ts';

import { ecosystemOf } from '../base/ecosystems.ts';

import { defaultLimits, type Limits } from '../base/limits.ts';
import type { Match } from '../base/model/match.ts';
import type { Package } from '../base/model/package.ts';
import type { Problem } from '../base/model/problem.ts';
import type { DataUsed } from '../base/model/report.ts';
import { noProgress, type ProgressSink } from '../base/progress.ts';
import { supportKeyOf } from '../base/support-cycles.ts';
import { isNamedWithinDistribution } from '../inspect/packages/distribution-purl.ts';
import type { Inventory } from '../inspect/packages/join.ts';
import type { MatchCache } from './match-cache.ts';
import type { Gap } from './required-data.ts';

export interface MatchOptions {
  readonly offline?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ProgressSink | undefined;
  readonly limits?: Limits | undefined;
  /** Where matches of the same packages and data are remembered; undefined neither reads nor writes any. */
  readonly memory?: MatchCache | undefined;
}

export interface MatchedInventory {
  readonly matches: readonly Match[];
  readonly problems: readonly Problem[];
  readonly data: Readonly<Record<string, DataUsed>>;
  readonly unscanned: readonly Gap[];
  /** Of the system's release; undefined where nothing is known of it. */
  readonly supportEnd: SupportEnd | undefined;
}

/** Compares an inventory with the advisory data of its ecosystems, fetching what is missing or old unless offline. */
export async function matchInventory(inventory: Inventory, options: MatchOptions): Promise<MatchedInventory> {
  const groups = Map.groupBy(inventory.packages, (item) => shardNameOf(item) ?? '');
  const wanted = [...groups.keys()].filter((name) => name !== '');
  const supportKey = inventory.os && supportKeyOf(inventory.os);
  const names = [
    ...(wanted.length === 0 ? [] : [...wanted, 'kev', 'epss']),
    ...(supportKey === undefined ? [] : ['eol']),
  ];
  using database = await openFresh(names, options);
  const matched = await matchGroups(groups, database, options);
  if (supportKey === undefined) return { ...matched, supportEnd: undefined };
  const ends = database.shards().filter(({ name }) => name === 'eol');
  return { ...matched, data: { ...matched.data, ...toData(ends) }, supportEnd: database.supportEnd(supportKey) };
}

/** What its source was asked for longer ago is asked for again. */
const maxAgeMs = 24 * 60 * 60 * 1000;

/** Opens the data once it is there and not old. What brings it up to date is loaded only if something has to be. */
async function openFresh(
  names: readonly string[],
  { offline, signal, progress = noProgress }: MatchOptions,
): Promise<Database> {
  const database = openDatabase();
  if (isFresh(database, names)) return database;
  database.close();
  const { ensureShards } = await import('./ensure-shards.ts');
  await ensureShards(names, { offline, maxAgeMs, signal, progress });
  return openDatabase();
}

function isFresh(database: Database, names: readonly string[]): boolean {
  const fetched = new Map(database.shards().map((info) => [info.name, Date.parse(info.fetched)]));
  return database.damaged.length === 0 && names.every((name) => Date.now() - (fetched.get(name) ?? 0) <= maxAgeMs);
}

async function matchGroups(
  groups: ReadonlyMap<string, readonly Package[]>,
  database: Database,
  { memory, limits = defaultLimits }: MatchOptions,
): Promise<Omit<MatchedInventory, 'supportEnd'>> {
  const shards = database.shards();
  const infos = shards.filter(({ name }) => groups.has(name) || name === 'kev' || name === 'epss');
  const known = new Set(infos.map(({ name }) => name));
  const compared = new Set([...groups].flatMap(([name, packages]) => (known.has(name) ? packages.map(typeOf) : [])));
  const unscanned = [...groups].flatMap(([name, packages]) => {
    const unspoken = known.has(name) ? [] : packages.filter((item) => !isSpokenFor(item, compared));
    return unspoken.length === 0 ? [] : gapsOf(name, unspoken, hasSiblings(name, shards));
  });
  const remembered = await memory?.get(infos);
  const { matches, problems } = remembered ?? compareAll(groups, database, limits);
  if (remembered === undefined) await memory?.put(infos, { matches, problems });
  return { matches, problems, data: toData(infos), unscanned };
}

function compareAll(
  groups: ReadonlyMap<string, readonly Package[]>,
  database: Database,
  { maxMatches }: Limits,
): Matched {
  const matches: Match[] = [];
  const problems: Problem[] = [];
  const shards = [...groups].map(([name, packages]) => ({
    packages,
    shard: name === '' ? undefined : database.open(name),
  }));
  const compared = shards.flatMap(({ packages, shard }) => (shard === undefined ? [] : packages));
  const comparedTypes = new Set(compared.map(({ type }) => type));
  for (const { packages, shard } of shards) {
    if (shard === undefined) continue;
    const matched = matchPackages(packages, shard, comparedTypes, maxMatches - matches.length);
    for (const match of matched.matches) matches.push(match);
    for (const problem of matched.problems) problems.push(problem);
  }
  return { matches: addPriorities(matches, database).sort(compareMatches), problems };
}

function typeOf({ type }: Package): string {
  return type;
}

/** Whether its files belong to a package of the distribution, which was compared: what that says counts for them. */
function isSpokenFor({ ownedBy }: Package, comparedTypes: ReadonlySet<string>): boolean {
  return ownedBy !== undefined && comparedTypes.has(ownedBy.slice(0, ownedBy.indexOf('/')));
}

/** Packages that were compared with nothing are counted, each with why. */
function gapsOf(shard: string, packages: readonly Package[], isReleaseMissing: boolean): Gap[] {
  const cause = isReleaseMissing ? 'no-release' : 'no-data';
  if (shard !== '') return [{ reason: `no advisory data for ${shard}`, packages: packages.length, cause }];
  const byReason = Map.groupBy(packages, reasonOf);
  return [...byReason].map(([reason, found]) => ({
    reason,
    packages: found.length,
    cause: isNamedWithinDistribution(found[0]!.type) ? 'no-source' : 'no-ecosystem',
  }));
}

function reasonOf({ ecosystem, name, purl, type }: Package): string {
  if (ecosystemOf(ecosystem)?.isWholeName?.(name) === false)
    return `only a part of the name is known by which advisories of ${ecosystem} name packages`;
  const kind = /^pkg:([^/]+\/[^/@]+(?=\/)|[^/@]+)/.exec(purl)?.[1] ?? 'unknown';
  const whose = isNamedWithinDistribution(type) ? ' of this distribution or release' : '';
  return `no source of advisories for ${kind} packages${whose}`;
}

/** Whether there is data of other releases of the same distribution. */
function hasSiblings(shard: string, shards: readonly ShardInfo[]): boolean {
  const colon = shard.indexOf(':');
  return colon > 0 && shards.some(({ name }) => name.startsWith(shard.slice(0, colon + 1)));
}

function toData(infos: readonly ShardInfo[]): Record<string, DataUsed> {
  return Object.fromEntries(infos.map((info) => [info.name, toDataUsed(info)]));
}

function toDataUsed({ source, asOf, fetched, advisories }: ShardInfo): DataUsed {
  return { source, asOf, fetched, advisories };
}

/** By package, then by vulnerability: the same image gives the same order whatever way it came in. */
function compareMatches(a: Match, b: Match): number {
  return compareText(a.package.purl, b.package.purl) || compareText(a.id, b.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
