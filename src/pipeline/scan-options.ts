import { PlimsollError } from '../base/errors.ts';
import type { Limits } from '../base/limits.ts';
import type { Platform } from '../base/model/image.ts';
import type { Severity } from '../base/model/match.ts';
import type { ProgressSink } from '../base/progress.ts';
import { parseSeverity } from '../base/severity.ts';

/** What a scan may be told; each as the flag of `plimsoll scan` with its name. */
export interface ScanOptions {
  readonly platform?: Platform | undefined;
  /** In any case, as on the command line. */
  readonly failOn?: Severity | undefined;
  readonly onlyFixed?: boolean | undefined;
  /** Touches no network: fetches no advisory data, and asks no registry but one on this machine. */
  readonly offline?: boolean | undefined;
  /** Fails with `data-missing` where packages have no advisory data, or there are no packages. */
  readonly requireData?: boolean | undefined;
  /** False neither reads nor writes results of layers. */
  readonly cache?: boolean | undefined;
  readonly registryCa?: string | undefined;
  readonly insecureHttp?: boolean | undefined;
  readonly timings?: boolean | undefined;
  readonly limits?: Limits | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ProgressSink | undefined;
}

/** Every option, so that one that is misspelt is not taken for one that was left out. */
const names: Readonly<Record<keyof ScanOptions, true>> = {
  platform: true,
  failOn: true,
  onlyFixed: true,
  offline: true,
  requireData: true,
  cache: true,
  registryCa: true,
  insecureHttp: true,
  timings: true,
  limits: true,
  signal: true,
  progress: true,
};

/**
 * Checks what types cannot: JavaScript passes anything, and a line that no severity is at would let everything pass. Throws
 * `usage`.
 */
export function checkOptions(options: ScanOptions): ScanOptions {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined)
    throw new PlimsollError('usage', `"${unknown}" is no option of scan; there are ${Object.keys(names).join(', ')}.`);
  const { failOn } = options;
  if (failOn === undefined) return options;
  const severity = typeof failOn === 'string' ? parseSeverity(failOn) : undefined;
  if (severity === undefined)
    throw new PlimsollError(
      'usage',
      `failOn: ${JSON.stringify(failOn)} is no severity. Use critical, high, medium, low, negligible or unknown.`,
    );
  return { ...options, failOn: severity };
}
