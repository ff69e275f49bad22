import type { Rating } from './advisory.ts';
import type { Location } from './package.ts';

/** How bad a vulnerability is, worst first; `unknown` where nobody has rated it. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'negligible' | 'unknown';

/**
 * `fixed`: a version without it exists. `not-fixed`: none does. `will-not-fix`, `deferred`, `end-of-life`: the vendor said so.
 * `unknown`: the versions could not be compared.
 */
export type FixState = 'fixed' | 'not-fixed' | 'will-not-fix' | 'deferred' | 'end-of-life' | 'unknown';

/** Why an advisory applies, or why that cannot be told. */
export interface MatchReason {
  /** Name of the feed: `osv`. */
  readonly feed: string;
  /** Advisory id, such as `DSA-5417-1`. */
  readonly advisory: string;
  /** Shard that held it: `Debian:11`. */
  readonly shard: string;
  /** Package name that was looked up: the source package for OS packages. */
  readonly name: string;
  /** Version that was compared. */
  readonly version: string;
  /** The range or list that holds the version, in words: `>= 0, < 1.1.1n-0+deb11u5`. */
  readonly range: string;
  readonly how: 'range' | 'version-list' | 'not-comparable';
}

export interface Suppression {
  /** What suppresses it: `owned-by-os-package`, `vex`, `ignore` ... */
  readonly by: string;
  /** One sentence. */
  readonly why: string;
}

/** One vulnerability of one package, all advisories that name it folded together. */
export interface Match {
  /** The best-known name: the CVE where there is one. */
  readonly id: string;
  /** Every other name, sorted: aliases, advisories. */
  readonly aliases: readonly string[];
  readonly severity: Severity;
  /** Which rating `severity` comes from, where there was one. */
  readonly rating?: Rating & { readonly source: string };
  /** CVSS scores known, best version first. */
  readonly cvss: readonly { readonly version: string; readonly vector: string; readonly score: number }[];
  /** CISA's catalogue of known exploited vulnerabilities. */
  readonly kev?: { readonly dateAdded: string; readonly dueDate?: string; readonly ransomware: boolean };
  /** FIRST's exploit prediction, both from 0 to 1. */
  readonly epss?: { readonly score: number; readonly percentile: number };
  readonly summary?: string;
  readonly references: readonly string[];
  readonly package: {
    readonly purl: string;
    readonly name: string;
    readonly version: string;
    readonly locations: readonly Location[];
  };
  /** Versions of the looked-up package without it that are next above the one at hand; lowest first. */
  readonly fixedVersions: readonly string[];
  readonly state: FixState;
  readonly reason: MatchReason;
  /** The reasons of the other advisories that name it. */
  readonly otherReasons: readonly MatchReason[];
  readonly suppressed?: Suppression;
}
