import type { JsonValue } from '../json-text.ts';

/** The parts of Syft's own JSON that are written: version 16 of its schema. https://github.com/anchore/syft/tree/main/schema/json */
export interface SyftDocument {
  readonly artifacts: Iterable<Artifact>;
  readonly artifactRelationships: Iterable<Relationship>;
  readonly files: Iterable<SyftFile>;
  readonly source: Source;
  readonly distro: Distro | Readonly<Record<string, never>>;
  readonly descriptor: { readonly name: string; readonly version: string };
  /** Readers look for it at the end. */
  readonly schema: { readonly version: string; readonly url: string };
}

/** A package. */
export interface Artifact {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly foundBy: string;
  readonly locations: readonly Location[];
  readonly licenses: readonly License[];
  readonly language: string;
  readonly cpes: readonly never[];
  readonly purl: string;
  readonly metadataType?: string | undefined;
  /** What readers match by beside name and version; its shape goes by `metadataType`. */
  readonly metadata?: JsonValue | undefined;
}

/** A file that names a package. Paths begin with a slash. */
export interface Location {
  readonly path: string;
  readonly layerID?: string | undefined;
  readonly accessPath: string;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What a package says of its license. */
export interface License {
  readonly value: string;
  /** Empty where it is no expression. */
  readonly spdxExpression: string;
  readonly type: 'declared';
  readonly urls: readonly never[];
  readonly locations: readonly never[];
}

/** How two elements relate. */
export interface Relationship {
  readonly parent: string;
  readonly child: string;
  readonly type: 'contains' | 'ownership-by-file-overlap';
}

/** A file of which something could not be read. */
export interface SyftFile {
  readonly id: string;
  readonly location: { readonly path: string; readonly layerID?: string | undefined };
  readonly unknowns: readonly string[];
}

/** What was read. Its `metadata` goes by `type`. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly type: 'image' | 'directory';
  readonly metadata: JsonValue;
}

/** The distribution. */
export interface Distro {
  readonly prettyName?: string | undefined;
  readonly name: string;
  readonly id: string;
  readonly idLike: readonly string[];
  readonly versionID?: string | undefined;
  readonly versionCodename?: string | undefined;
}
