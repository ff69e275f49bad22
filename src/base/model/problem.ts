/** What kind of damage or gap a `Problem` reports. */
export type ProblemCode =
  | 'truncated' // the bytes end too early
  | 'malformed' // the bytes break their format
  | 'too-large' // over a bound of `Limits`
  | 'too-many' // over a count of `Limits`
  | 'too-deep' // over a depth of `Limits`
  | 'unsupported' // a known format or version that is not read
  | 'foreign-layer' // a layer that is not distributed with the image
  | 'unsafe-path' // a path that leaves the root
  | 'cycle' // links that lead back to themselves
  | 'incomplete' // an entry without what it needs to be used: it is lost
  | 'unpinned' // a file asks for packages without saying which version
  | 'unidentified' // a file was read that does not say which package it is, or not by the name that advisories use
  | 'other-system' // a file lists packages of another system than the image's: they are not listed
  | 'unknown-system' // a file does not say which distribution this is
  | 'unknown-version' // a version that its ecosystem's order cannot read
  | 'unreadable'; // the operating system or the source refused

/** Damage in the input, with its place. It travels in the data beside the good results and is always shown. */
export interface Problem {
  readonly kind: 'problem';
  readonly where: {
    /** Digest of the uncompressed layer (diffID), where one is concerned. */
    readonly layer?: string;
    /** Path inside the image without leading slash, or of the file outside that was read. */
    readonly path: string;
    /** Byte or line, whichever `unit` says. */
    readonly offset?: number;
    readonly unit?: 'byte' | 'line';
  };
  readonly code: ProblemCode;
  /** One sentence for a person: what is wrong and what it costs. */
  readonly message: string;
  /** Left out where a package database says whose the file is: what it costs is software that the database names better. */
  readonly unlessOwned?: true;
}
