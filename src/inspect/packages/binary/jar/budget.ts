const MiB = 1 << 20;

/** What one file of an image may cost, with all archives inside it. Counts, not a clock: the same bytes give the same result. */
export interface Budget {
  /** Archives, the outer one among them. Servers with all their modules have some thousand. */
  archives: number;
  /** Entries of all directories. */
  entries: number;
  /** Bytes that may be unpacked. */
  unpackedBytes: number;
  /** Bytes of `pom.xml` that may be parsed, which is slow. */
  xmlBytes: number;
  /** Bytes of unpacked archives that may be held, each while it is read. */
  heldBytes: number;
}

/** Archives inside archives; real ones have three: an application, its modules, their libraries. */
export const maxDepth = 8;
/** Bytes of one archive that has to be unpacked to be read. */
export const maxArchiveBytes: number = 64 * MiB;
/** Bytes of one archive's directory: 300,000 entries of usual length. */
export const maxDirectoryBytes: number = 32 * MiB;

/** @param size Bytes of the outer file: honest archives shrink code to some half. */
export function toBudget(size: number): Budget {
  return {
    archives: 10_000,
    entries: 1_000_000,
    unpackedBytes: 64 * MiB + Math.min(4 * size, 2048 * MiB),
    xmlBytes: 8 * MiB,
    heldBytes: 96 * MiB,
  };
}
