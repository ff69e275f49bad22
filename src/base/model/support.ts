/** How long a release of a distribution is supported, as of the day of a scan. */
export interface Support {
  /**
   * `extended`: regular support has ended, extended support, which may have to be asked or paid for, goes on. `ended`: there is
   * none any more. `rolling`: the distribution has no releases, so that there is no end. `unknown`: nothing is known of it.
   */
  readonly state: 'supported' | 'extended' | 'ended' | 'rolling' | 'unknown';
  /** The first day without regular support, `YYYY-MM-DD`; absent where none is set or known. */
  readonly eol?: string;
  /** The first day without extended support, and what its publisher calls it. */
  readonly extended?: { readonly eol: string; readonly name?: string };
  /** Who says so: `os-release`, the distribution itself, or `endoflife.date`. Absent where nobody does. */
  readonly source?: 'os-release' | 'endoflife.date';
}
