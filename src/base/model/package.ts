/** `installed`: its files are there. `declared`: a lock or requirements file names it. */
export type PackageState = 'installed' | 'declared';

export interface Location {
  /** Path inside the image, without leading slash. */
  readonly path: string;
  /** diffID of the layer; absent for a directory. */
  readonly layer?: string;
}

/** What a cataloguer read in one file, before it is known which distribution the image is. */
export interface FoundPackage {
  readonly kind: 'package';
  /** purl type: `deb`, `apk`, `npm`, `pypi` ... */
  readonly type: string;
  /**
   * As the file writes it; normalised by the ecosystem later. It is whole, as advisories write it: npm `@scope/name`, Composer
   * `vendor/name`, Swift `github.com/owner/name`, Maven `group:artifact`. `toPurlName` cuts it in two for the purl.
   */
  readonly name: string;
  readonly version: string;
  readonly state: PackageState;
  /** The source package that it was built from, where advisories name that. */
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  /** SPDX expressions or the words of the file. */
  readonly licenses?: readonly string[];
  /** Who built it: dpkg's Maintainer, apk's maintainer, rpm's Vendor. */
  readonly maintainer?: string;
  /** Module that an rpm package was built for, as name, stream, version and context: `nodejs:16:8090020231009095711:a75119d5`. */
  readonly modularity?: string;
  /** Where it came from, if not the ecosystem's default registry: a URL, git address or path. Advisories do not apply as they stand. */
  readonly origin?: string;
  /** Only needed to develop or test the project, says the lock file. */
  readonly development?: boolean;
  /** Left out where a package database says whose the file is: that names the same software better. */
  readonly unlessOwned?: true;
  /** What its purl says and its name does not. */
  readonly purl?: PurlDetail;
  /** The distribution that it is of, where a bill of materials or a snap says which; otherwise it is the image's. */
  readonly distribution?: Distribution;
}

/** `ID` of os-release and, where it is said, `VERSION_ID`. */
export interface Distribution {
  readonly id: string;
  /** Absent where the release is open; empty where it has none or it is not known. */
  readonly versionId?: string;
}

/** Parts of a purl that tell packages of one name apart, yet are no part of the name that advisories use. */
export interface PurlDetail {
  /** CPAN's author: `DROLSKY`. It stands before what the name itself has. */
  readonly namespace?: string;
  /** Julia's `uuid`. */
  readonly qualifiers?: Readonly<Record<string, string>>;
}

/** Files that a package database says belong to a package; only those that a cataloguer reads are kept. */
export interface Ownership {
  readonly kind: 'ownership';
  /** Name of the owning package, as its database writes it. */
  readonly owner: string;
  readonly type: string;
  /** Paths inside the image without leading slash. */
  readonly paths: readonly string[];
  /** A folder, without slashes around it, in which everything is of packages that were found. */
  readonly folder?: string;
}

/** Packages that came from one repository, as the package manager remembers; those that are gone since may be among them. */
export interface FromRepository {
  readonly kind: 'from-repository';
  readonly type: string;
  /** As the package manager calls it: `baseos`, `@commandline` for a file. */
  readonly repository: string;
  /** Each as `name version architecture`, the version as its package has it, without an epoch of 0. */
  readonly packages: readonly string[];
}

/** A package of the image, as it is reported. */
export interface Package {
  /** https://github.com/package-url/purl-spec */
  readonly purl: string;
  /** OSV's name of the ecosystem without release: `Debian`, `npm`. */
  readonly ecosystem: string;
  /** Release that advisories are kept by, where the ecosystem has releases: `11`, `v3.19`, `22.04:LTS`. */
  readonly release?: string;
  readonly type: string;
  readonly name: string;
  readonly version: string;
  readonly state: PackageState;
  readonly source?: { readonly name: string; readonly version: string };
  readonly architecture?: string;
  readonly licenses?: readonly string[];
  readonly maintainer?: string;
  readonly modularity?: string;
  readonly origin?: string;
  readonly development?: boolean;
  /** The repository of the distribution that it was installed from, where the package manager remembers it: `baseos`. */
  readonly repository?: string;
  /** The OS package that these files belong to, if any. */
  readonly ownedBy?: string;
  /** Sorted by path, then layer; never empty. */
  readonly locations: readonly Location[];
}

/** https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
export interface OperatingSystem {
  /** `debian`, `alpine`, `ubuntu` ... */
  readonly id: string;
  readonly idLike: readonly string[];
  /** `11`, `3.19.1`; absent for rolling releases. */
  readonly versionId?: string;
  readonly codename?: string;
  readonly name?: string;
  /** The first day without support, `YYYY-MM-DD`, where the distribution itself says so. */
  readonly supportEnd?: string;
  /** Where it was read. */
  readonly path: string;
}
