import type { Match } from '../../../base/model/match.ts';
import type { Report } from '../../../base/model/report.ts';
import { compareSeverity } from '../../../base/severity.ts';
import type { Judgement } from '../../judgement.ts';
import { wrapText } from '../fit-text.ts';
import type { Line, Style } from '../line.ts';
import { comparedData, newestData, toDay } from './data-age.ts';

const styles: Readonly<Record<Judgement['word'], Style>> = {
  PASS: 'good',
  FAIL: 'bad',
  INCOMPLETE: 'bad',
  'NOT JUDGED': 'warning',
};

/** How much was found, of which severity, how much of it can be fixed; and whether that passes. */
export function showTotals(report: Report, { word, lines }: Judgement, width: number): Line[] {
  const open = report.matches.filter(({ suppressed }) => suppressed === undefined);
  const totals = open.length > 0 ? totalsText(open) : nothingText(report);
  const last = wrapText(lines.at(-1)!, width);
  return [
    ...[totals, ...lines.slice(0, -1)].flatMap((text) => wrapText(text, width).map((line): Line => [line])),
    ...last.map((text): Line => [{ text, style: styles[word] }]),
  ];
}

function totalsText(open: readonly Match[]): string {
  const vulnerabilities = new Set(open.map(({ id }) => id)).size;
  const packages = new Set(open.map((match) => match.package.purl)).size;
  const parts = [...Map.groupBy(open, ({ severity }) => severity)]
    .sort(([a], [b]) => compareSeverity(b, a))
    .map(([severity, found]) => {
      const fixable = found.filter(({ fixedVersions }) => fixedVersions.length > 0).length;
      return `${found.length} ${severity} (${fixable} fixable)`;
    });
  return `${count(vulnerabilities, 'vulnerability', 'vulnerabilities')} in ${count(packages, 'package')}, ${count(open.length, 'match', 'matches')}: ${parts.join(', ')}.`;
}

/** Nothing found is only good news if something was compared: it says what, with what. */
function nothingText(report: Report): string {
  const { packages, matches, unscanned } = report;
  const compared = packages.length - unscanned.reduce((sum, item) => sum + item.packages, 0);
  const data = comparedData(report);
  if (matches.length > 0)
    return `No vulnerability is left: the ${matches.length} that were found are not counted, as said above.`;
  if (packages.length === 0) return 'No packages were found, so nothing was compared.';
  if (compared <= 0 || data.length === 0)
    return 'NOTHING WAS COMPARED: there is no advisory data for these packages. Fetch it with: plimsoll db update';
  const advisories = data.reduce((sum, [, used]) => sum + used.advisories, 0);
  return `No known vulnerabilities: ${count(compared, 'package')} compared with ${advisories.toLocaleString('en-US')} advisories, the newest of ${toDay(newestData(report)!)}.`;
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-US')} ${number === 1 ? one : many}`;
}
