import type { Match, Severity } from '../../base/model/match.ts';
import type { RatingEntry } from './bom.ts';

const severityWords = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  negligible: 'info',
  unknown: 'unknown',
} as const satisfies Record<Severity, RatingEntry['severity']>;

const methods = new Map([
  ['2.0', 'CVSSv2'],
  ['3.0', 'CVSSv3'],
  ['3.1', 'CVSSv31'],
  ['4.0', 'CVSSv4'],
] as const);

/** Every score, and the severity that the report goes by: with its vector if it comes from one, else first and by itself. */
export function toRatings({ severity, rating, cvss }: Match): RatingEntry[] {
  const scores = cvss.map(({ version, vector, score }): RatingEntry => {
    const decides = rating?.score === vector;
    return {
      source: decides ? { name: rating.source } : undefined,
      score,
      severity: decides ? severityWords[severity] : undefined,
      method: methods.get(version as '3.1') ?? 'other',
      vector,
    };
  });
  if (scores.some((entry) => entry.severity !== undefined)) return scores;
  const source = rating ? { name: rating.type } : undefined;
  return [{ source, severity: severityWords[severity], method: 'other' }, ...scores];
}
