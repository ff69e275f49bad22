/** The parts of CycloneDX 1.6 that are written, which are the same in 1.7. https://cyclonedx.org/docs/1.6/json/ */
export interface Bom {
  readonly $schema: string;
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.6' | '1.7';
  readonly serialNumber: string;
  readonly version: number;
  readonly metadata: Metadata;
  readonly components: Iterable<Component>;
  readonly dependencies: Iterable<{ readonly ref: string; readonly dependsOn: readonly string[] }>;
  readonly compositions: readonly {
    readonly aggregate: 'incomplete' | 'unknown';
    readonly assemblies: readonly string[];
  }[];
  /** Absent where nothing was compared with advisories. */
  readonly vulnerabilities?: Iterable<Vulnerability> | undefined;
}

/** What the document is about, and who made it when. */
export interface Metadata {
  readonly timestamp: string;
  readonly tools: { readonly components: readonly Component[] };
  readonly component: Component;
  readonly properties: readonly Property[];
}

/** A package, the operating system, or the image itself. */
export interface Component {
  readonly type: 'application' | 'container' | 'library' | 'operating-system' | 'platform';
  readonly 'bom-ref'?: string;
  readonly publisher?: string | undefined;
  readonly group?: string | undefined;
  readonly name: string;
  readonly version?: string | undefined;
  readonly description?: string | undefined;
  readonly licenses?: readonly LicenseChoice[] | undefined;
  readonly purl?: string | undefined;
  readonly properties?: readonly Property[];
}

/** Any number of licenses, or one expression alone. */
export type LicenseChoice =
  | { readonly license: { readonly id: string } | { readonly name: string } }
  | { readonly expression: string };

/** A fact that the format has no place for; a name may come several times. */
export interface Property {
  readonly name: string;
  readonly value: string;
}

/** One vulnerability, with every component that it is found in. */
export interface Vulnerability {
  readonly 'bom-ref': string;
  readonly id: string;
  readonly source: Source;
  readonly references?: readonly { readonly id: string; readonly source: Source }[] | undefined;
  readonly ratings: readonly RatingEntry[];
  readonly description?: string | undefined;
  readonly recommendation?: string | undefined;
  readonly advisories?: readonly { readonly url: string }[] | undefined;
  readonly analysis?: Analysis | undefined;
  readonly affects: readonly Affect[];
  readonly properties: readonly Property[];
}

/** Who published something. */
export interface Source {
  readonly name: string;
  readonly url?: string | undefined;
}

/** A score with its vector, or only a severity. */
export interface RatingEntry {
  readonly source?: Source | undefined;
  readonly score?: number;
  readonly severity?: 'critical' | 'high' | 'medium' | 'low' | 'info' | 'unknown' | undefined;
  readonly method?: 'CVSSv2' | 'CVSSv3' | 'CVSSv31' | 'CVSSv4' | 'other';
  readonly vector?: string;
}

/** Why a vulnerability is not counted. */
export interface Analysis {
  readonly state?: 'false_positive' | 'not_affected' | undefined;
  readonly justification?: 'code_not_present' | undefined;
  readonly detail: string;
}

/** A component in which the vulnerability was found. */
export interface Affect {
  readonly ref: string;
  readonly versions?: readonly { readonly version: string; readonly status: AffectStatus }[] | undefined;
}

/** Whether a version is affected. */
export type AffectStatus = 'affected' | 'unaffected' | 'unknown';
