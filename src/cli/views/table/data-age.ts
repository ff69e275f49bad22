import type { DataUsed, Report } from '../../../base/model/report.ts';

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;

/** Data that ranks vulnerabilities or dates releases; packages are not compared with it. */
const besideAdvisories: ReadonlySet<string> = new Set(['kev', 'epss', 'eol']);

/** The data that packages were compared with, by shard. */
export function comparedData({ data }: Pick<Report, 'data'>): [shard: string, used: DataUsed][] {
  return Object.entries(data).filter(([shard]) => !besideAdvisories.has(shard));
}

/** When the newest change was made in the data that packages were compared with. RFC 3339, undefined without data. */
export function newestData(report: Pick<Report, 'data'>): string | undefined {
  return sortedDates(report).at(-1);
}

/** The same of the data that has stood still for longest: a result is as old as that. */
export function oldestData(report: Pick<Report, 'data'>): string | undefined {
  return sortedDates(report)[0];
}

function sortedDates(report: Pick<Report, 'data'>): string[] {
  const dates = comparedData(report).flatMap(([, { asOf }]) => (isKnown(asOf) ? [asOf] : []));
  return dates.sort((a, b) => Date.parse(a) - Date.parse(b));
}

/** Records without a date of change leave the beginning of time. */
function isKnown(date: string): boolean {
  return Date.parse(date) !== 0;
}

/** Whole days from a date to now; 0 for what lies in the future, undefined for what is no date. */
export function daysSince(date: string, now: Date): number | undefined {
  const days = Math.floor((now.getTime() - Date.parse(date)) / dayMs);
  return Number.isNaN(days) ? undefined : Math.max(0, days);
}

/** `5 days old`. */
export function toAge(date: string, now: Date): string {
  const days = daysSince(date, now);
  if (days === undefined || !isKnown(date)) return 'of unknown age';
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} old`;
  const hours = Math.max(0, Math.floor((now.getTime() - Date.parse(date)) / hourMs));
  return `${hours} ${hours === 1 ? 'hour' : 'hours'} old`;
}

/** The day of an RFC 3339 date. */
export function toDay(date: string): string {
  return isKnown(date) ? date.slice(0, 10) : 'unknown date';
}
