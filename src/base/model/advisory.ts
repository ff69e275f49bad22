/** One step of a range. Exactly one key is present. https://ossf.github.io/osv-schema/#affectedrangesevents-fields */
export type RangeEvent =
  | { readonly introduced: string }
  | { readonly fixed: string }
  | { readonly lastAffected: string }
  | { readonly limit: string };

/** Affected versions as events of one order. `introduced: '0'` is before every version. */
export interface VersionRange {
  readonly type: 'SEMVER' | 'ECOSYSTEM';
  readonly events: readonly RangeEvent[];
}

/** A rating: a CVSS vector (`CVSS_V2`, `CVSS_V3`, `CVSS_V4`) or the word of the vendor named by `type` (`Ubuntu`: `medium`). */
export interface Rating {
  readonly type: string;
  readonly score: string;
  /** Score of a vector, from 0.0 to 10.0, where it was computed before. */
  readonly value?: number;
}

/** What an advisory says of one package. A version is affected if it is in a range or in `versions`. */
export interface Affected {
  /** OSV's ecosystem: `Debian`, `npm`. */
  readonly ecosystem: string;
  /** `11`, `v3.19`, `Pro:16.04:LTS`; empty where the ecosystem has none. */
  readonly release: string;
  /** As the feed writes it; look-ups use the ecosystem's normalised form. */
  readonly name: string;
  readonly ranges: readonly VersionRange[];
  readonly versions: readonly string[];
  readonly ratings: readonly Rating[];
  /** What the vendor says of it where there is no fix: `needed`, `deferred`, `ignored`, `end-of-life`; free words of the feed. */
  readonly vendorState?: string;
}

/** A vulnerability as one feed describes it. */
export interface Advisory {
  readonly kind: 'advisory';
  readonly id: string;
  /** Other names of the same vulnerability. */
  readonly aliases: readonly string[];
  /** Vulnerabilities that this advisory is about, such as the CVEs of a DSA. */
  readonly upstream: readonly string[];
  /** One line, at most 300 characters. */
  readonly summary?: string;
  /** RFC 3339. */
  readonly modified: string;
  readonly published?: string;
  readonly withdrawn?: string;
  readonly ratings: readonly Rating[];
  /** At most 8 addresses, the advisory's own first. */
  readonly references: readonly string[];
  readonly affected: readonly Affected[];
}
