import type { Report } from '../../../base/model/report.ts';
import { compareSeverity } from '../../../base/severity.ts';
import { wrapText } from '../fit-text.ts';
import type { Line } from '../line.ts';
import { shortSeverity } from './package-cells.ts';

/** What is wrong with the image itself, the worst first, each with its cure. */
export function showFindings({ findings }: Report, width: number): Line[] {
  if (findings.length === 0) return [];
  const sorted = findings.toSorted((a, b) => compareSeverity(b.severity, a.severity));
  const lines = sorted.flatMap(({ severity, title, fix }) =>
    wrapText(`${title}: ${fix}`, width - 7).map(
      (line, index): Line =>
        index === 0 ? ['  ', { text: shortSeverity(severity), style: severity }, ` ${line}`] : [`       ${line}`],
    ),
  );
  return [[{ text: `The image itself (${findings.length})`, style: 'title' }], ...lines];
}
