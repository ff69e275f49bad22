import { PlimsollError } from '../base/errors.ts';
import type { Report } from '../base/model/report.ts';
import { isUnread } from '../base/unread.ts';

/** Why packages were compared with nothing. */
export type GapCause =
  | 'no-source' // no source of advisories is known for packages of their distribution
  | 'no-ecosystem' // nobody publishes advisories for such packages, or not by what is known of their names
  | 'no-release' // the data of their distribution is here and has nothing of their release
  | 'no-data'; // there is a source, and its data is not here

/** Packages that were compared with nothing. */
export interface Gap {
  readonly reason: string;
  readonly packages: number;
  readonly cause: GapCause;
}

const advice: Readonly<Record<Exclude<GapCause, 'no-ecosystem'>, string>> = {
  'no-source':
    'No source of advisories is known for these: they cannot be compared, and fetching does not change that.',
  'no-release':
    'The advisories here have nothing of that release: check that it is one, or whether it is too new or too old.',
  'no-data': 'Fetch it with: plimsoll db update; on a machine without a network: plimsoll db import FILE.',
};

/**
 * Says what is missing where every package has to be compared that can be; undefined where all were, and there were some. Software
 * for which nobody publishes advisories is told elsewhere: no data would help.
 */
export function missingData(report: Report, gaps: readonly Gap[]): PlimsollError | undefined {
  if (report.packages.length === 0) return new PlimsollError('data-missing', nothingFound(report));
  const missing = gaps.filter(({ cause }) => cause !== 'no-ecosystem');
  const isNothingCompared = gaps.reduce((sum, { packages }) => sum + packages, 0) === report.packages.length;
  if (missing.length === 0 && !isNothingCompared) return undefined;
  const parts = (missing.length === 0 ? gaps : missing).map(
    ({ reason, packages }) => `${packages} ${packages === 1 ? 'package' : 'packages'}: ${reason}`,
  );
  const steps = [...new Set(gaps.flatMap(({ cause }) => (cause === 'no-ecosystem' ? [] : [advice[cause]])))];
  return new PlimsollError(
    'data-missing',
    `Advisory data was required, and is missing (${parts.join('; ')}).${steps.map((step) => ` ${step}`).join('')}`,
  );
}

function nothingFound({ image, problems }: Report): string {
  const system = image.os === undefined ? 'No operating system and no packages' : 'No packages';
  const unread = problems.find(isUnread);
  const next = unread === undefined ? 'Is this a root file system or an image?' : unread.message;
  return `${system} were found in ${image.reference}, so that nothing could be compared, which was required. ${next}`;
}
