import type { Report } from '../../../base/model/report.ts';
import { displayWidth } from '../display-width.ts';
import { cutEnd, padEnd, padStart, wrapText } from '../fit-text.ts';
import type { Line } from '../line.ts';
import { daysSince, toAge, toDay } from './data-age.ts';

/** Beyond this, data is old. Feeds change each day. */
const maxAgeDays = 3;

/** With less room, where data came from is left out. */
const leastSourceWidth = 12;

/** The data that was used, with its age, and a warning where it is old. */
export function showData(report: Report, width: number, now: Date): Line[] {
  const rows = Object.entries(report.data).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return [];
  const nameWidth = Math.min(20, Math.max(...rows.map(([shard]) => shard.length)));
  const lines = rows.map(([shard, { asOf, advisories, source }]): Line => {
    const count = padStart(advisories.toLocaleString('en-US'), 9);
    const facts = `  ${padEnd(shard, nameWidth)}  ${toDay(asOf)}  ${padEnd(toAge(asOf, now), 14)}${count} entries`;
    const room = width - displayWidth(facts) - 2;
    return [cutEnd(room < leastSourceWidth ? facts : `${facts}  ${cutEnd(source, room)}`, width)];
  });
  return [[{ text: 'Data used', style: 'title' }], ...lines, ...showWarning(report, width, now)];
}

function showWarning(report: Report, width: number, now: Date): Line[] {
  return warningsOf(report, now).flatMap((text) =>
    wrapText(text, width).map((line): Line => [{ text: line, style: 'warning' }]),
  );
}

/** What was fetched long ago can be fetched again; what was fetched of late and is old all the same cannot be helped here. */
function warningsOf({ data }: Report, now: Date): string[] {
  const isOld = (date: string) => (daysSince(date, now) ?? Number.POSITIVE_INFINITY) > maxAgeDays;
  // Dates of releases bring no vulnerabilities.
  const entries = Object.entries(data).filter(([shard]) => shard !== 'eol');
  const unfetched = entries.filter(([, { fetched }]) => isOld(fetched)).map(([shard]) => shard);
  const still = entries.filter(([, { asOf, fetched }]) => isOld(asOf) && !isOld(fetched)).map(([shard]) => shard);
  return [
    ...(unfetched.length > 0
      ? [
          `Warning: fetched more than ${maxAgeDays} days ago: ${unfetched.join(', ')}. Newer vulnerabilities are missing; fetch them with: plimsoll db update`,
        ]
      : []),
    ...(still.length > 0
      ? [
          `Warning: no change for more than ${maxAgeDays} days: ${still.join(', ')}. If the source stands still, newer vulnerabilities are missing.`,
        ]
      : []),
  ];
}
