import type { Problem } from '../../../base/model/problem.ts';
import type { Report } from '../../../base/model/report.ts';
import { isUnread } from '../../../base/unread.ts';
import { cutStart, wrapText } from '../fit-text.ts';
import type { Line } from '../line.ts';

const maxLines = 10;

/** What was found but is not counted, by the reason. */
export function showSuppressed({ matches }: Report, width: number): Line[] {
  const suppressed = matches.flatMap(({ suppressed: why }) => why ?? []);
  const groups = [...Map.groupBy(suppressed, ({ by }) => by)];
  const items = groups.map(([by, found]) => {
    const reasons = new Set(found.map(({ why }) => why));
    return `${found.length} ${by}: ${reasons.size > 1 ? 'for example: ' : ''}${found[0]!.why}`;
  });
  return showBlock(`Not counted (${suppressed.length})`, items, width);
}

/** What could not be compared with anything, by the reason. */
export function showUnscanned({ unscanned }: Report, width: number): Line[] {
  const total = unscanned.reduce((sum, { packages }) => sum + packages, 0);
  const items = unscanned.map(
    ({ reason, packages }) => `${packages} ${packages === 1 ? 'package' : 'packages'}: ${reason}`,
  );
  return showBlock(`Not compared (${total})`, items, width);
}

/** What could not be read or judged, with its place. What was not read comes first: the result may lack what is in it. */
export function showProblems(report: Report, width: number): Line[] {
  const sorted = [...report.problems.filter(isUnread), ...report.problems.filter((problem) => !isUnread(problem))];
  const items = sorted.map(
    (problem) =>
      `${isUnread(problem) ? 'NOT READ: ' : ''}${placeOf(problem, report, Number.isFinite(width) ? 70 : width)}: ${withoutPath(problem)}`,
  );
  return showBlock(`Problems (${report.problems.length})`, items, width, 'warning');
}

/** Messages stand alone elsewhere and begin with their path; here it stands before them. */
function withoutPath({ where, message }: Problem): string {
  return where.path !== '' && message.startsWith(`${where.path} `) ? message.slice(where.path.length + 1) : message;
}

/** The place is cut so that the message keeps its room. */
function placeOf({ where }: Problem, { image }: Report, room: number): string {
  const layer = image.layers.findIndex(({ diffId }) => diffId === where.layer);
  const details = [
    ...(layer < 0 ? [] : [`layer ${layer + 1}`]),
    ...(where.offset === undefined ? [] : [`${where.unit ?? 'byte'} ${where.offset}`]),
  ];
  const path = cutStart(where.path || 'the image', room);
  return details.length > 0 ? `${path} (${details.join(', ')})` : path;
}

function showBlock(
  title: string,
  items: readonly string[],
  width: number,
  style: 'title' | 'warning' = 'title',
): Line[] {
  if (items.length === 0) return [];
  const lines = items
    .slice(0, maxLines)
    .flatMap((item) => wrapText(item, width - 4).map((line, index): Line => [index === 0 ? '  ' : '    ', line]));
  const rest = items.length - maxLines;
  return [[{ text: title, style }], ...lines, ...(rest > 0 ? [[`  +${rest} more; -o json has all`]] : [])];
}
