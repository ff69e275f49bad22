/** How one piece of software is told by its files. */
export interface Signature {
  /** As it calls itself, in lower case: `python`, `httpd`. */
  readonly name: string;
  /**
   * Base names of its files, or the last names of their paths (`releases/*\/OTP_VERSION`). A star stands for digits and dots of a
   * version, perhaps none: `libz.so*`; a number sign for the sixteen digits of a hash. Before
   * `.so` there may be the hash that auditwheel puts there.
   */
  readonly files: readonly string[];
  /**
   * Where its version stands in the bytes, each taken as one character: groups, joined by dots, are the version. The first that fits
   * counts. Repetition is bounded, so that time is linear. They are made when they are needed.
   */
  version(): readonly RegExp[];
}
