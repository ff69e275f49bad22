import type { Report } from '../../../base/model/report.ts';
import type { Judgement } from '../../judgement.ts';
import { type Line, renderLines } from '../line.ts';
import { showData } from './data-block.ts';
import { showFindings } from './findings.ts';
import { showFirstSteps } from './first-steps.ts';
import { showProblems, showSuppressed, showUnscanned } from './gaps.ts';
import { showHeader } from './header.ts';
import { showExploited } from './known-exploited.ts';
import { groupMatches } from './package-groups.ts';
import { showPackages } from './package-table.ts';
import { showTotals } from './totals.ts';

/** How a table is written. */
export interface TableOptions {
  /** Columns of the terminal; fewer than 40 count as 40. A file or pipe has none: no name, id or path is cut there. */
  readonly width: number | 'uncut';
  readonly color: boolean;
  /** The present, to which the age of the data is told. */
  readonly now: Date;
}

/** Sentences are wrapped even where nothing has to be cut. */
const proseWidth = 120;

/**
 * What a person wants to read first: what was scanned, what is known to be exploited, the packages that have vulnerabilities
 * (worst and fixable on top), what was not counted, not compared or not read, with which data; last the totals and the verdict.
 */
export function renderTable(report: Report, judgement: Judgement, { width, color, now }: TableOptions): string {
  const columns = width === 'uncut' ? proseWidth : Math.max(40, Math.floor(width) || 0);
  const room = width === 'uncut' ? Number.POSITIVE_INFINITY : columns;
  const groups = groupMatches(report);
  const blocks: Line[][] = [
    showHeader(report, columns, now),
    showExploited(groups, columns),
    showPackages(groups, report, room),
    showFirstSteps(report, columns),
    showFindings(report, columns),
    showSuppressed(report, columns),
    showUnscanned(report, columns),
    showProblems(report, room),
    showData(report, columns, now),
    showTotals(report, judgement, columns),
  ];
  const lines = blocks
    .filter((block) => block.length > 0)
    .flatMap((block, index) => (index > 0 ? [[], ...block] : block));
  return renderLines(lines, color);
}
