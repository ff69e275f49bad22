import type { Match, MatchReason } from '../../base/model/match.ts';
import type { MatchJson, ReasonJson } from './report-json.ts';
import { toLocationJson } from './to-report-parts.ts';

/** One match; its vulnerability comes first, then what it was found in, then why. */
export function toMatchJson(match: Match): MatchJson {
  const { id, aliases, severity, rating, cvss, kev, epss, summary, references, suppressed } = match;
  return {
    id,
    aliases,
    severity,
    rating: rating && { type: rating.type, score: rating.score, source: rating.source },
    cvss: cvss.map(({ version, vector, score }) => ({ version, vector, score })),
    kev: kev ? toKevJson(kev) : null,
    epss: epss ? { score: epss.score, percentile: epss.percentile } : null,
    summary,
    references,
    package: toPackageNamed(match.package),
    fixedVersions: match.fixedVersions,
    state: match.state,
    reason: toReasonJson(match.reason),
    otherReasons: match.otherReasons.map(toReasonJson),
    suppressed: suppressed && { by: suppressed.by, why: suppressed.why },
  };
}

function toKevJson({ dateAdded, dueDate, ransomware }: NonNullable<Match['kev']>): MatchJson['kev'] {
  return { dateAdded, dueDate, ransomware };
}

function toPackageNamed({ purl, name, version, locations }: Match['package']): MatchJson['package'] {
  return { purl, name, version, locations: locations.map(toLocationJson) };
}

function toReasonJson({ feed, advisory, shard, name, version, range, how }: MatchReason): ReasonJson {
  return { feed, advisory, shard, name, version, range, how };
}
