import type { Report } from '../base/model/report.ts';

/** A form that a report is written in for other programs. */
export interface Format {
  /** What stands after `-o`. */
  readonly id: string;
  /** One line for the help. */
  readonly description: string;
  /** The writer, loaded when it is asked for. It gives the text in chunks. */
  load(): Promise<(report: Report) => Iterable<string>>;
}

/** Every form but the table, which is for people and lies in `cli`. */
export const formats: readonly Format[] = [
  {
    id: 'json',
    description: 'Everything that was found; docs/report.schema.json describes it',
    load: async () => (await import('./report-json/index.ts')).writeReportJson,
  },
  {
    id: 'cyclonedx',
    description: 'CycloneDX 1.6 JSON: a bill of materials with its vulnerabilities',
    load: async () => (await import('./cyclonedx/index.ts')).writeCyclonedx,
  },
];
