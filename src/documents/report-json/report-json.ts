/**
 * What `-o json` writes. Scripts rely on it: a change that could break one raises `schemaVersion`. Keys without `?` are always
 * there, with null for what is not known; those with it are left out then. `docs/report.schema.json` says the same for programs.
 */
export interface ReportJson {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** RFC 3339. */
  readonly created: string;
  readonly image: ImageJson;
  readonly packages: readonly PackageJson[];
  readonly matches: readonly MatchJson[];
  readonly findings: readonly FindingJson[];
  readonly problems: readonly ProblemJson[];
  readonly actions: readonly ActionJson[];
  readonly verdict: { readonly pass: boolean; readonly reasons: readonly string[] };
  /** By shard of advisory data: `Debian:11`, `npm`, `kev`. */
  readonly data: Readonly<Record<string, DataJson>>;
  readonly unscanned: readonly { readonly reason: string; readonly packages: number }[];
}

/** What was scanned. `layers` are bottom first. */
export interface ImageJson {
  readonly reference: string;
  readonly digest: string | null;
  readonly configDigest?: string | undefined;
  /** `os/arch[/variant]`, as `--platform` takes it. */
  readonly platform: string | null;
  readonly os: OsJson | null;
  readonly contentSets?: readonly string[] | undefined;
  readonly layers: readonly { readonly diffId: string; readonly createdBy?: string | undefined }[];
}

/** The operating system, as the file at `path` tells it. */
export interface OsJson {
  readonly id: string;
  readonly versionId: string | null;
  readonly name: string | null;
  /** The first day without regular support. */
  readonly eol: string | null;
  /** `supported`, `extended`, `ended`, `rolling` or `unknown`, on the day of `created`. */
  readonly support: string;
  readonly extendedSupport?: { readonly eol: string; readonly name?: string | undefined } | undefined;
  /** Who says so. */
  readonly supportSource?: string | undefined;
  readonly codename?: string | undefined;
  readonly idLike: readonly string[];
  readonly path: string;
}

/** One package. `state` is `installed` or `declared`. */
export interface PackageJson {
  readonly purl: string;
  readonly ecosystem: string;
  readonly release?: string | undefined;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly state: string;
  readonly source?: { readonly name: string; readonly version: string } | undefined;
  readonly architecture?: string | undefined;
  readonly licenses?: readonly string[] | undefined;
  readonly maintainer?: string | undefined;
  readonly origin?: string | undefined;
  readonly development?: boolean | undefined;
  readonly repository?: string | undefined;
  readonly ownedBy?: string | undefined;
  readonly locations: readonly LocationJson[];
}

/** A file inside the image that names the package, without leading slash. */
export interface LocationJson {
  readonly path: string;
  /** diffID; null in a directory. */
  readonly layer: string | null;
}

/** One vulnerability of one package, suppressed or not. */
export interface MatchJson {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly severity: string;
  readonly rating?: { readonly type: string; readonly score: string; readonly source: string } | undefined;
  readonly cvss: readonly { readonly version: string; readonly vector: string; readonly score: number }[];
  readonly kev: {
    readonly dateAdded: string;
    readonly dueDate?: string | undefined;
    readonly ransomware: boolean;
  } | null;
  readonly epss: { readonly score: number; readonly percentile: number } | null;
  readonly summary?: string | undefined;
  readonly references: readonly string[];
  readonly package: {
    readonly purl: string;
    readonly name: string;
    readonly version: string;
    readonly locations: readonly LocationJson[];
  };
  readonly fixedVersions: readonly string[];
  readonly state: string;
  readonly reason: ReasonJson;
  readonly otherReasons: readonly ReasonJson[];
  readonly suppressed?: { readonly by: string; readonly why: string } | undefined;
}

/** Why an advisory applies: what was looked up, and the range that holds its version. */
export interface ReasonJson {
  readonly feed: string;
  readonly advisory: string;
  readonly shard: string;
  readonly name: string;
  readonly version: string;
  readonly range: string;
  readonly how: string;
}

/** A judgement about the image itself. */
export interface FindingJson {
  readonly rule: string;
  readonly severity: string;
  readonly title: string;
  readonly evidence: readonly { readonly path?: string | undefined; readonly text: string }[];
  readonly fix: string;
}

/** What could not be read, with its place. */
export interface ProblemJson {
  readonly where: {
    readonly layer?: string | undefined;
    readonly path: string;
    readonly offset?: number | undefined;
    readonly unit?: string | undefined;
  };
  readonly code: string;
  /** A part of the input was not read: the result may lack what is in it. */
  readonly unread: boolean;
  readonly message: string;
}

/** One change that clears several matches. */
export interface ActionJson {
  readonly title: string;
  readonly clears: readonly string[];
  readonly packages: readonly string[];
}

/** Advisory data that was used; both dates are RFC 3339. */
export interface DataJson {
  readonly source: string;
  readonly asOf: string;
  readonly fetched: string;
  readonly advisories: number;
}
