import type { Match } from '../../base/model/match.ts';
import { toAnalysis, toStatus } from './analysis.ts';
import type { Affect, Source, Vulnerability } from './bom.ts';
import type { BomRefs } from './bom-refs.ts';
import { toVersion } from './components.ts';
import { toProperties } from './properties.ts';
import { toRatings } from './ratings.ts';

/**
 * One entry for each vulnerability, with all components that it is in. Where a vulnerability is not the same for all of them
 * (another fix, another analysis) it has several entries, as the format keeps those facts with the vulnerability.
 * @param refOf Name of a package's component by its purl.
 */
export function* toVulnerabilities(
  matches: readonly Match[],
  refOf: (purl: string) => string,
  refs: BomRefs,
): Generator<Vulnerability> {
  for (const group of Map.groupBy(matches, ({ id }) => id).values()) {
    const alike = Map.groupBy(group, (match) => JSON.stringify(toFacts(match)));
    for (const members of alike.values()) yield toVulnerability(members, refOf, refs);
  }
}

function toVulnerability(members: readonly Match[], refOf: (purl: string) => string, refs: BomRefs): Vulnerability {
  const { id, properties, ...facts } = toFacts(members[0]!);
  const affects = new Map(members.map((match) => [refOf(match.package.purl), match]));
  return {
    'bom-ref': refs.take(`vulnerability:${id}`),
    id,
    ...facts,
    affects: [...affects].map(([ref, match]) => toAffect(ref, match)),
    properties,
  };
}

/** All that does not depend on the component. */
function toFacts(match: Match): Omit<Vulnerability, 'bom-ref' | 'affects'> {
  const { id, aliases, reason, summary, references } = match;
  return {
    id,
    source: toSource(id, reason.feed),
    references: toList(aliases.map((alias) => ({ id: alias, source: toSource(alias, reason.feed) }))),
    ratings: toRatings(match),
    description: summary,
    recommendation: toRecommendation(match),
    advisories: toList(references.flatMap(toAddress).map((url) => ({ url }))),
    analysis: toAnalysis(match.suppressed),
    properties: toFactProperties(match),
  };
}

/** Known by how its names begin; all else is told by the feed that brought it. */
function toSource(id: string, feed: string): Source {
  if (/^CVE-\d{4}-\d{4,19}$/.test(id)) return { name: 'NVD', url: `https://nvd.nist.gov/vuln/detail/${id}` };
  if (/^GHSA(?:-[a-z0-9]{4}){3}$/.test(id)) return { name: 'GITHUB', url: `https://github.com/advisories/${id}` };
  return { name: feed };
}

/** Of several advisories' fixes the highest is free of what each of them is about. */
function toRecommendation({ fixedVersions, reason }: Match): string | undefined {
  const version = fixedVersions.at(-1);
  return version === undefined ? undefined : `Raise ${reason.name} to ${version}.`;
}

/** Only web addresses: a text that is none does not lead to an advisory. Written as URLs are, so that the format takes it. */
function toAddress(text: string): string[] {
  const url = text.length > 2048 ? null : URL.parse(text);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? [url.href] : [];
}

function toFactProperties({ state, reason, kev, epss, suppressed }: Match): Vulnerability['properties'] {
  return toProperties({
    feed: reason.feed,
    advisory: reason.advisory,
    shard: reason.shard,
    'matched:name': reason.name,
    'matched:version': reason.version,
    'matched:range': reason.range,
    'matched:how': reason.how,
    'fix-state': state,
    'kev:date-added': kev?.dateAdded,
    'kev:due-date': kev?.dueDate,
    'kev:ransomware': kev?.ransomware,
    'epss:score': epss?.score,
    'epss:percentile': epss?.percentile,
    'suppressed-by': suppressed?.by,
  });
}

function toAffect(ref: string, match: Match): Affect {
  const version = toVersion(match.package.version);
  return { ref, versions: version === undefined ? undefined : [{ version, status: toStatus(match) }] };
}

function toList<T>(items: T[]): T[] | undefined {
  return items.length > 0 ? items : undefined;
}
