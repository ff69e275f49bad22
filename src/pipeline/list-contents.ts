import type { Report } from '../base/model/report.ts';
import { version } from '../base/version.ts';
import { describeImage, inventoryOf, open, passingLayers } from './scan.ts';
import type { ScanOptions } from './scan-options.ts';

/** What listing may be told; each as the flag of `plimsoll sbom` with its name. */
export type ListOptions = Pick<
  ScanOptions,
  'platform' | 'offline' | 'cache' | 'registryCa' | 'insecureHttp' | 'limits' | 'signal' | 'progress'
>;

/**
 * Lists what is in one image: opens it and takes its inventory. Nothing is compared with advisories, so none are needed: the report
 * has no matches and no data, and says so. Throws a `PlimsollError` where it cannot go on.
 */
export async function listContents(reference: string, options: ListOptions = {}): Promise<Report> {
  const passed = passingLayers(options);
  await using image = await open(reference, options, passed);
  const inventory = await inventoryOf(image, options, passed);
  return {
    image: describeImage(image, inventory),
    packages: inventory.packages,
    matches: [],
    findings: [],
    problems: inventory.problems,
    actions: [],
    verdict: { pass: true, reasons: ['Nothing was compared with advisories.'] },
    data: {},
    unscanned: [],
    created: new Date().toISOString(),
    tool: { name: 'plimsoll', version },
  };
}
