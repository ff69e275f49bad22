import type { Match } from '../../../base/model/match.ts';
import type { Report } from '../../../base/model/report.ts';
import { displayWidth } from '../display-width.ts';
import { cutEnd, padEnd, padStart } from '../fit-text.ts';
import type { Line, Span } from '../line.ts';
import { printable } from '../printable.ts';
import { type Column, type ColumnKey, chooseColumns } from './column-layout.ts';
import { fixText, idsText, layerText, severityWord, shortSeverity, whereText } from './package-cells.ts';
import type { PackageGroup } from './package-groups.ts';

/** Rows that are shown; the least severe beyond are counted. A large image has some two hundred. */
const maxRows = 500;

/** One line for each package that has vulnerabilities; two where the terminal is too narrow. */
export function showPackages(groups: readonly PackageGroup[], report: Report, width: number): Line[] {
  if (groups.length === 0) return [];
  const shown = groups.slice(0, maxRows);
  const texts = shown.map((group) => toTexts(group, report, Number.isFinite(width) ? 60 : width));
  const columns = chooseColumns(texts, width);
  const rows = columns
    ? [toTitles(columns), ...shown.map((group, index) => toRow(group, texts[index]!, columns))]
    : [[{ text: 'Packages with known vulnerabilities', style: 'title' } as const], ...toTwoLines(shown, width)];
  return [...rows, ...toRest(groups.slice(maxRows), width)];
}

/** Whole texts of the cells. Ids and path are written once more when their width is known. */
function toTexts(group: PackageGroup, report: Report, most: number): Record<ColumnKey, string> {
  return {
    severity: severityWord(group.severity),
    shortSeverity: shortSeverity(group.severity),
    package: group.label,
    installed: group.version,
    fixed: fixText(group),
    fixable: `${group.fixable}/${group.matches.length}`,
    ids: idsText(group.matches, most),
    layer: layerText(group, report),
    where: whereText(group, most),
  };
}

function toTitles(columns: readonly Column[]): Line {
  return [{ text: columns.map(({ key, title, width }) => toCell(key, title, width)).join('  '), style: 'title' }];
}

function toRow(group: PackageGroup, texts: Record<ColumnKey, string>, columns: readonly Column[]): Line {
  const spans = columns.map(({ key, width }): Span => {
    const text = toCell(key, fitText(key, group, width) ?? texts[key], width);
    if (key === 'severity' || key === 'shortSeverity') return { text, style: group.severity };
    if (key === 'fixed') return { text, style: group.fixable > 0 ? 'good' : 'faint' };
    return key === 'where' || key === 'layer' ? { text, style: 'faint' } : text;
  });
  return spans.flatMap((span, index) => (index > 0 ? ['  ', span] : [span]));
}

function fitText(key: ColumnKey, group: PackageGroup, width: number): string | undefined {
  if (key === 'ids') return idsText(group.matches, width);
  return key === 'where' ? whereText(group, width) : undefined;
}

function toCell(key: ColumnKey, text: string, width: number): string {
  return key === 'fixable' || key === 'layer' ? padStart(text, width) : padEnd(text, width);
}

function toTwoLines(groups: readonly PackageGroup[], width: number): Line[] {
  const toFirst = chooseFirstLine(groups, width - 5);
  return groups.flatMap((group): Line[] => {
    const { severity, fixable, matches } = group;
    const part = fixable > 0 && fixable < matches.length ? ` (${fixable}/${matches.length} fixable)` : '';
    return [
      [{ text: shortSeverity(severity), style: severity }, ` ${toFirst(group)}`],
      ['     ', { text: idsText(matches, width - 5 - part.length) + part, style: 'faint' }],
    ];
  });
}

/** The versions stand below each other if all names have room beside them, else close to their names. */
function chooseFirstLine(groups: readonly PackageGroup[], room: number): (group: PackageGroup) => string {
  const label = widest(groups.map((group) => group.label));
  const version = widest(groups.map((group) => group.version));
  const fixed = widest(groups.map(fixText));
  if (label + 2 + version + 3 + fixed <= room)
    return (group) => `${padEnd(group.label, label)}  ${padEnd(group.version, version)} → ${fixText(group)}`;
  return (group) => {
    const versions = `  ${cutEnd(group.version, 24)} → ${cutEnd(fixText(group), 24)}`;
    return cutEnd(cutEnd(group.label, Math.max(12, room - displayWidth(versions))) + versions, room);
  };
}

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, displayWidth(printable(text))), 1);
}

function toRest(rest: readonly PackageGroup[], width: number): Line[] {
  if (rest.length === 0) return [];
  const matches: readonly Match[] = rest.flatMap((group) => group.matches);
  const text = `and ${rest.length} more packages with ${matches.length} vulnerabilities, none worse than ${rest[0]!.severity}; -o json has all`;
  return [[{ text: cutEnd(text, width), style: 'faint' }]];
}
