import type { Report } from '../../base/model/report.ts';
import { writeJson } from '../json-text.ts';
import type { ReportJson } from './report-json.ts';
import { toMatchJson } from './to-match-json.ts';
import {
  toActionJson,
  toDataJson,
  toFindingJson,
  toImageJson,
  toPackageJson,
  toProblemJson,
} from './to-report-parts.ts';

export type { ReportJson } from './report-json.ts';

/** The report as `-o json` writes it. */
export function toReportJson(report: Report): ReportJson {
  return {
    schemaVersion: 1,
    tool: { name: report.tool.name, version: report.tool.version },
    created: report.created,
    image: toImageJson(report.image),
    packages: report.packages.map(toPackageJson),
    matches: report.matches.map(toMatchJson),
    findings: report.findings.map(toFindingJson),
    problems: report.problems.map(toProblemJson),
    actions: report.actions.map(toActionJson),
    verdict: { pass: report.verdict.pass, reasons: report.verdict.reasons },
    data: Object.fromEntries(Object.entries(report.data).map(([shard, used]) => [shard, toDataJson(used)])),
    unscanned: report.unscanned.map(({ reason, packages }) => ({ reason, packages })),
  };
}

/** The same as text, in chunks. The long lists are converted an item at a time. */
export function writeReportJson(report: Report): Iterable<string> {
  const rest = toReportJson({ ...report, packages: [], matches: [] });
  return writeJson({
    ...rest,
    packages: report.packages.values().map(toPackageJson),
    matches: report.matches.values().map(toMatchJson),
  });
}
