import type { Report } from '../base/model/report.ts';

/** A form that a report is written in for other programs. */
export interface Format {
  /** What stands after `-o`. */
  readonly id: string;
  /** One line for the help. */
  readonly description: string;
  /** Tells what an image holds also where nothing was compared with advisories: `plimsoll sbom` writes it. */
  readonly isInventory?: true;
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
    isInventory: true,
    load: async () => (await import('./cyclonedx/index.ts')).writeCyclonedx,
  },
  {
    id: 'cyclonedx-1.7',
    description: 'The same in version 1.7',
    isInventory: true,
    load: async () => (await import('./cyclonedx/index.ts')).writeCyclonedx17,
  },
  {
    id: 'spdx',
    description: 'SPDX 2.3 JSON: a bill of materials',
    isInventory: true,
    load: async () => (await import('./spdx/index.ts')).writeSpdx,
  },
  {
    id: 'spdx3',
    description: 'SPDX 3.0.1 JSON-LD: a bill of materials',
    isInventory: true,
    load: async () => (await import('./spdx3/index.ts')).writeSpdx3,
  },
  {
    id: 'syft',
    description: "Syft's JSON, which Grype reads: a bill of materials",
    isInventory: true,
    load: async () => (await import('./syft/index.ts')).writeSyft,
  },
];
