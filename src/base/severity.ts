import { createRequire } from 'node:module';
import type { Rating } from './model/advisory.ts';
import type { Match, Severity } from './model/match.ts';

/** From least to worst. `unknown` is no judgement, so it stands below all others and passes every line but its own. */
const severities: readonly Severity[] = ['unknown', 'negligible', 'low', 'medium', 'high', 'critical'];

/** Words of vendors beside ours: Red Hat and SUSE, GitHub, Debian's urgencies, CVSS's own. */
const vendorWords = new Map<string, Severity>([
  ['important', 'high'],
  ['moderate', 'medium'],
  ['minor', 'low'],
  ['unimportant', 'negligible'],
  ['none', 'negligible'],
]);

/** 0 for `unknown` to 5 for `critical`. */
export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

/** Negative where `a` is less severe than `b`, 0 where they are the same, positive where it is worse. */
export function compareSeverity(a: Severity, b: Severity): number {
  return severityRank(a) - severityRank(b);
}

/** Reads a severity, ours or a vendor's word (`MODERATE`), in any case; undefined for other text. */
export function parseSeverity(text: string): Severity | undefined {
  const word = text.trim().toLowerCase();
  return severities.find((severity) => severity === word) ?? vendorWords.get(word);
}

/** What ratings come to. */
export interface Rated {
  readonly severity: Severity;
  /** The one that `severity` comes from. */
  readonly rating?: Rating;
  /** Every vector that has a score, newest version of CVSS first, then the highest score. */
  readonly cvss: Match['cvss'];
}

/**
 * Judges by the ratings of one vulnerability, the most specific first. The vendor's own word counts before any score: it
 * knows how its package was built. Of several words the first counts; of several vectors the newest version of CVSS, and
 * of those the highest score. Words such as `untriaged` and vectors that are incomplete judge nothing.
 */
export function ratingOf(ratings: readonly Rating[]): Rated {
  const scored = ratings.flatMap((rating) => {
    const scoring = isCvss(rating) ? scoringOf(rating) : undefined;
    return scoring ? [{ rating, ...scoring }] : [];
  });
  scored.sort((a, b) => Number(b.version) - Number(a.version) || b.score - a.score);
  const cvss = new Map(
    scored.map(({ rating: { score: vector }, version, score }) => [vector, { version, vector, score }]),
  );
  const word = ratings.find((rating) => !isCvss(rating) && severityRank(parseVendorWord(rating.score)) > 0);
  const rating = word ?? scored[0]?.rating;
  const severity = word ? parseVendorWord(word.score) : toBand(scored[0]?.score);
  return { severity, ...(rating ? { rating } : {}), cvss: [...cvss.values()] };
}

/** Adds the score to a vector that has one, so that it need not be computed again where it is read. */
export function withValue(rating: Rating): Rating {
  const scoring = isCvss(rating) && rating.value === undefined ? scoreOf(rating.score) : undefined;
  return scoring === undefined ? rating : { ...rating, value: scoring.score };
}

function scoringOf({ score: vector, value }: Rating): Scoring | undefined {
  return value === undefined ? scoreOf(vector) : { version: versionOf(vector), score: value };
}

function versionOf(vector: string): string {
  return /^CVSS:(3\.[01]|4\.0)\//.exec(vector)?.[1] ?? '2.0';
}

function isCvss({ type }: Rating): boolean {
  return type.startsWith('CVSS');
}

/** Debian's tracker marks an urgency that it set itself with stars: `low**`. */
function parseVendorWord(text: string): Severity {
  return text.length > 40 ? 'unknown' : (parseSeverity(text.replace(/\*{1,2}$/, '')) ?? 'unknown');
}

/** The qualitative scale of CVSS 3 and 4, used for 2 as well. https://www.first.org/cvss/v4-0/specification-document#Qualitative-Severity-Rating-Scale */
function toBand(score: number | undefined): Severity {
  if (score === undefined) return 'unknown';
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'negligible';
}

interface Scoring {
  readonly version: string;
  /** From 0.0 to 10.0. */
  readonly score: number;
}

/** The longest complete vector, of CVSS 4.0, has some 230 characters. */
const maxVectorLength = 256;
/** Vectors repeat much, and one of CVSS 4.0 takes a quarter of a millisecond. */
const maxRemembered = 20_000;
const remembered = new Map<string, Scoring | undefined>();

function scoreOf(vector: string): Scoring | undefined {
  if (vector.length > maxVectorLength) return undefined;
  if (!remembered.has(vector)) {
    if (remembered.size >= maxRemembered) remembered.clear();
    remembered.set(vector, computeScore(vector));
  }
  return remembered.get(vector);
}

/**
 * The base score; for CVSS 4.0, which has one score, that of all its metrics. The library takes an unknown version for an old
 * one, prints a line for each unknown metric, and scores a vector that lacks some 0, so it only gets what is none of these.
 */
function computeScore(vector: string): Scoring | undefined {
  const version = versionOf(vector);
  const prefix = version === '2.0' ? '' : `CVSS:${version}/`;
  calculators ??= loadCalculators();
  const { Vector, metrics } = calculators.get(version)!;
  if (!hasOnlyKnownMetrics(vector.slice(prefix.length), metrics)) return undefined;
  const parsed = new Vector(vector);
  if (!parsed.isBaseFullyDefined()) return undefined;
  const scores = parsed.calculateScores();
  const score = version !== '4.0' && 'base' in scores ? scores.base : scores.overall;
  return typeof score === 'number' && score >= 0 && score <= 10 ? { version, score } : undefined;
}

interface Metric {
  readonly shortName: string;
  readonly values: readonly { readonly shortName: string }[];
}

/** Each metric once, with a value that this version of CVSS has. */
function hasOnlyKnownMetrics(text: string, known: readonly Metric[]): boolean {
  const seen = new Set<string>();
  return text.split('/').every((metric) => {
    const [name = '', value, ...more] = metric.split(':');
    // In CVSS 4.0 only the modified metrics of later systems have the value S; the library's table has it for all.
    if (more.length > 0 || seen.has(name) || /^S[CIA]:S$/.test(metric)) return false;
    seen.add(name);
    return known.some((other) => other.shortName === name && other.values.some(({ shortName }) => shortName === value));
  });
}

let calculators: ReturnType<typeof loadCalculators> | undefined;

/** By version of CVSS. Loaded at the first vector: the library costs more of the start-up than all else here. */
function loadCalculators() {
  const library: typeof import('ae-cvss-calculator') = createRequire(import.meta.url)('ae-cvss-calculator');
  const classes = { '2.0': library.Cvss2, '3.0': library.Cvss3P0, '3.1': library.Cvss3P1, '4.0': library.Cvss4P0 };
  return new Map(
    Object.entries(classes).map(([version, Vector]) => {
      const metrics: readonly Metric[] = [...new Vector('').getRegisteredComponents().values()].flat();
      return [version, { Vector, metrics }];
    }),
  );
}
