import type { Digest, Platform } from './image.ts';
import type { Match, Severity } from './match.ts';
import type { OperatingSystem, Package } from './package.ts';
import type { Problem } from './problem.ts';
import type { Support } from './support.ts';

/** A judgement about the image itself, from a posture rule. */
export interface Finding {
  readonly kind: 'finding';
  readonly rule: string;
  readonly severity: Severity;
  readonly title: string;
  readonly evidence: readonly { readonly path?: string; readonly text: string }[];
  readonly fix: string;
}

/** One change that clears several matches: "raise openssl to 1.1.1n-0+deb11u5". */
export interface Action {
  readonly title: string;
  /** Ids of the vulnerabilities that it clears. */
  readonly clears: readonly string[];
  readonly packages: readonly string[];
}

export interface Verdict {
  readonly pass: boolean;
  /** Why not, or what was asked and held; never empty. */
  readonly reasons: readonly string[];
}

/** Advisory data that a scan used, by shard name such as `Debian:11` or `npm`. */
export interface DataUsed {
  /** Where it was fetched from. */
  readonly source: string;
  /** RFC 3339: the newest change in the data. */
  readonly asOf: string;
  /** RFC 3339: when it was fetched. */
  readonly fetched: string;
  readonly advisories: number;
}

/** Everything that a scan found. Frozen plain data: outputs read it and know nothing of the engine. */
export interface Report {
  readonly image: {
    readonly reference: string;
    readonly digest?: Digest;
    readonly configDigest?: Digest;
    readonly platform?: Platform;
    readonly os?: OperatingSystem;
    /** Of the system, on the day of `created`; absent where no scan asked for it. */
    readonly support?: Support;
    /** Red Hat's names of the repositories that its packages are from; absent where it does not say. */
    readonly contentSets?: readonly string[];
    readonly layers: readonly { readonly diffId: Digest; readonly createdBy?: string }[];
  };
  readonly packages: readonly Package[];
  readonly matches: readonly Match[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
  readonly actions: readonly Action[];
  readonly verdict: Verdict;
  readonly data: Readonly<Record<string, DataUsed>>;
  /** Packages that no advisory data could be compared with, by the reason. */
  readonly unscanned: readonly { readonly reason: string; readonly packages: number }[];
  /** When the scan ran, RFC 3339. */
  readonly created: string;
  readonly tool: { readonly name: 'plimsoll'; readonly version: string };
}
