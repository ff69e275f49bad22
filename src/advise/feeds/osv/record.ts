import type { Advisory, Affected, Rating } from '../../../base/model/advisory.ts';
import type { FeedItem } from '../feed.ts';
import { parseAffected } from './affected.ts';
import { isRecord, parseRatings, parseTexts, parseTime } from './fields.ts';

/** Affected packages in one record. The largest real one names some thousands: every kernel flavour of every release. */
const maxAffected = 50_000;
const maxSummaryLength = 300;
const maxReferences = 8;

/** In these, the vulnerabilities that an advisory is about stand in `related`. */
const aboutInRelated: ReadonlySet<string> = new Set(['AlmaLinux', 'Photon OS', 'Rocky Linux']);

/**
 * Reads one OSV record as the advisory of one ecosystem. What a match hangs on is strict: id, dates, packages, ranges. Of what
 * only describes (ratings, references, aliases), parts that break the schema are dropped.
 * https://ossf.github.io/osv-schema/
 * @param fileName Names the record where its id cannot be read.
 */
export function parseOsvRecord(value: unknown, ecosystem: string, fileName: string): FeedItem {
  const left = (outcome: string, modified?: string, leftOut: Record<string, number> = {}): FeedItem => {
    return { kind: 'left', record: id ?? fileName, outcome, ...(modified ? { modified } : {}), leftOut };
  };
  const id = isRecord(value) ? parseId(value.id) : undefined;
  if (!isRecord(value)) return left('not a JSON object');
  if (id === undefined) return left('no usable id');
  const modified = parseTime(value.modified);
  if (modified === undefined) return left('no usable date of modification');
  if (value.withdrawn !== undefined && value.withdrawn !== null)
    return left(parseTime(value.withdrawn) === undefined ? 'unusable date of withdrawal' : 'withdrawn', modified);
  if (!Array.isArray(value.affected) || value.affected.length === 0) return left('no affected package', modified);
  if (value.affected.length > maxAffected) return left('too many affected packages', modified);
  const { affected, leftOut } = splitAffected(value.affected, ecosystem);
  if (affected.length === 0) return left(mainReason(leftOut), modified, leftOut);
  return { kind: 'advisory', advisory: toAdvisory(id, modified, value, ecosystem, affected), leftOut };
}

function splitAffected(values: readonly unknown[], ecosystem: string) {
  const affected: Affected[] = [];
  const leftOut = new Map<string, number>();
  for (const value of values) {
    const parsed = parseAffected(value, ecosystem);
    if (typeof parsed === 'string') leftOut.set(parsed, (leftOut.get(parsed) ?? 0) + 1);
    else affected.push(parsed);
  }
  return { affected, leftOut: Object.fromEntries(leftOut) };
}

/** Another ecosystem's package is no fault: its own export has it. Any other reason tells more. */
function mainReason(leftOut: Readonly<Record<string, number>>): string {
  const reasons = Object.keys(leftOut);
  return reasons.find((reason) => reason !== 'other ecosystem') ?? 'other ecosystem';
}

function toAdvisory(
  id: string,
  modified: string,
  record: Readonly<Record<string, unknown>>,
  ecosystem: string,
  affected: Affected[],
): Advisory {
  const summary = toSummary(record.summary) ?? toSummary(record.details);
  const published = parseTime(record.published);
  const upstream = parseTexts(record.upstream).filter(isId);
  const related = aboutInRelated.has(ecosystem) ? parseTexts(record.related).filter((name) => /^CVE-/.test(name)) : [];
  return {
    kind: 'advisory',
    id,
    aliases: parseTexts(record.aliases).filter(isId),
    upstream: [...new Set([...upstream, ...related.filter(isId)])],
    ...(summary === undefined ? {} : { summary }),
    modified,
    ...(published === undefined ? {} : { published }),
    ratings: [...parseRatings(record.severity), ...parseWord(id, ecosystem, record.database_specific)],
    references: parseReferences(record.references),
    affected,
  };
}

/** The word that GitHub and others give beside, or instead of, a vector. */
function parseWord(id: string, ecosystem: string, specific: unknown): Rating[] {
  const word = isRecord(specific) ? specific.severity : undefined;
  if (typeof word !== 'string' || !/^[A-Za-z][A-Za-z ]{0,30}$/.test(word)) return [];
  return [{ type: id.startsWith('GHSA-') ? 'GitHub' : ecosystem, score: word }];
}

function parseReferences(value: unknown): string[] {
  const items = Array.isArray(value) ? value.slice(0, 1000).filter(isRecord) : [];
  const isUrl = (url: unknown): url is string => typeof url === 'string' && /^https?:\/\/[!-~]{1,2000}$/.test(url);
  const isOwn = (item: Record<string, unknown>) => item.type === 'ADVISORY';
  const ordered = [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))];
  return [...new Set(ordered.map(({ url }) => url).filter(isUrl))].slice(0, maxReferences);
}

function toSummary(value: unknown): string | undefined {
  if (typeof value !== 'string') return;
  const line = value
    .slice(0, maxSummaryLength * 4)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return line === '' ? undefined : line.slice(0, maxSummaryLength).toWellFormed();
}

function parseId(value: unknown): string | undefined {
  return typeof value === 'string' && isId(value) ? value : undefined;
}

function isId(text: string): boolean {
  return /^[!-~]{1,128}$/.test(text);
}
