/**
 * Bounds on hostile input, one frozen object for the whole run. A bound that is passed gives a `Problem` where the rest
 * can go on, and a `PlimsollError` with code `limit-exceeded` where it cannot.
 */
export interface Limits {
  /** Largest manifest, index or image configuration. Registries themselves refuse manifests over 4 MiB. */
  readonly maxManifestBytes: number;
  /** Layers in one image. Engines stop at 127; generated images have been seen with some hundreds. */
  readonly maxLayers: number;
  /** Uncompressed bytes of one layer. The largest model images have layers of some tens of GB. */
  readonly maxLayerBytes: number;
  /** Uncompressed bytes for each compressed byte, beyond `freeExpansionBytes`. Deflate cannot pass 1,032; real layers stay under 10. */
  readonly maxExpansionRatio: number;
  /**
   * Uncompressed bytes that may come however well they are compressed: they cost some seconds and no memory, and layers with files of
   * zeros (swap, databases that were given their size beforehand) are no bombs.
   */
  readonly freeExpansionBytes: number;
  /**
   * Entries (files, directories, links) of all layers of one image together, and all directories that paths lead through. Twice as
   * many took 30 to 110 MB more than the memory budget has.
   */
  readonly maxEntries: number;
  /** Bytes of the names of all files of one image, each name without its directory; and of the paths of one layer, less what they share. */
  readonly maxNameBytes: number;
  /** Bytes of one path, PATH_MAX of Linux. */
  readonly maxPathBytes: number;
  /** Names in one path. */
  readonly maxPathDepth: number;
  /** Links followed to resolve one path, as in Linux. */
  readonly maxSymlinks: number;
  /**
   * Names followed to lay all layers of one image over one another. A million files in as many directories take a tenth; links
   * that lead through links through links could ask for any number.
   */
  readonly maxPathSteps: number;
  /** Bytes of one PAX header or GNU long name. */
  readonly maxTarHeaderBytes: number;
  /** Bytes of one file that a cataloguer asked for, whatever it asks itself. */
  readonly maxFileBytes: number;
  /** Bytes of one file that is read where it lies: a database, a program, an archive. */
  readonly maxLargeFileBytes: number;
  /** Packages from one file. The largest real lock files have some 10,000; Debian has 60,000, which exclude one another. */
  readonly maxPackagesPerFile: number;
  /**
   * Packages and problems in all files of one image together, each place for itself, and long texts as several. Real images have up
   * to 10,000. More would not fit the memory budget.
   */
  readonly maxPackages: number;
  /**
   * Matches of one image. Images full of old software have some 10,000, each old kernel adds as many. Of what is said of one version
   * of a package, which its other binary packages share, a quarter.
   */
  readonly maxMatches: number;
  /** Problems kept for one scan, and for one layer; further ones are counted. */
  readonly maxProblems: number;
  /** The same for one file. */
  readonly maxProblemsPerFile: number;
  /** Nesting of JSON, TOML, YAML and dependency trees. */
  readonly maxDepth: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;
const GiB = 1024 * MiB;

/** The bounds used unless a setting says otherwise. */
export const defaultLimits: Limits = Object.freeze({
  maxManifestBytes: 4 * MiB,
  maxLayers: 1000,
  maxLayerBytes: 64 * GiB,
  maxExpansionRatio: 200,
  freeExpansionBytes: 8 * GiB,
  maxEntries: 1_000_000,
  maxNameBytes: 48 * MiB,
  maxPathBytes: 4096,
  maxPathDepth: 256,
  maxSymlinks: 40,
  maxPathSteps: 200_000_000,
  maxTarHeaderBytes: 1 * MiB,
  maxFileBytes: 32 * MiB,
  maxLargeFileBytes: 1 * GiB,
  maxPackagesPerFile: 50_000,
  maxPackages: 120_000,
  maxMatches: 200_000,
  maxProblems: 1000,
  maxProblemsPerFile: 100,
  maxDepth: 128,
});
