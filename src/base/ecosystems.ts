import type { OperatingSystem } from './model/package.ts';
import { asItIs, toLowerCase, toMavenName, toPubName, toPypiName, toSwiftName } from './package-names.ts';
import {
  alpineRelease,
  debianRelease,
  majorRelease,
  openEulerRelease,
  opensuseRelease,
  photonRelease,
  redHatAdvisoryRelease,
  suseAdvisoryRelease,
  suseRelease,
  ubuntuRelease,
} from './releases.ts';
import { apk } from './versions/apk.ts';
import { bitnami } from './versions/bitnami.ts';
import { cargo } from './versions/cargo.ts';
import { composer } from './versions/composer.ts';
import { conan } from './versions/conan.ts';
import { cran } from './versions/cran.ts';
import { deb } from './versions/deb.ts';
import { gem } from './versions/gem.ts';
import { go } from './versions/go.ts';
import { hackage } from './versions/hackage.ts';
import { hex } from './versions/hex.ts';
import { julia } from './versions/julia.ts';
import { maven } from './versions/maven.ts';
import { nuget } from './versions/nuget.ts';
import { type Comparison, compareBy, type Order } from './versions/order.ts';
import { pep440 } from './versions/pep440.ts';
import { pub } from './versions/pub.ts';
import { rpm } from './versions/rpm.ts';
import { semver } from './versions/semver.ts';

/** What is known of one ecosystem, in all stages. */
export interface Ecosystem {
  /** OSV's name: `Debian`. https://ossf.github.io/osv-schema/#defined-ecosystems */
  readonly osv: string;
  /** https://github.com/package-url/purl-spec/blob/main/purl-types-index.json */
  readonly purlType: string;
  /** The purl namespace that all its packages share. */
  readonly purlNamespace?: string;
  readonly order: Order;
  /** `ID`s of os-release whose packages are this ecosystem's; absent where the packages do not belong to a distribution. */
  readonly distributions?: readonly string[];
  /** OSV's name of the system's release, undefined where it has none or it cannot be told. */
  readonly release?: (system: OperatingSystem) => string | undefined;
  /** The release that is looked up, of one that an advisory names; absent where they are the same. */
  readonly advisoryRelease?: (suffix: string) => string;
  /** The form in which names are compared. */
  readonly normaliseName: (name: string) => string;
  /** The form in which purl writes a name or a namespace. */
  readonly purlName: (name: string) => string;
  /** Whether advisories name source packages, or packages as they are installed. */
  readonly looksUpBy: 'source' | 'name';
  /** Whether advisories can name a package so; absent where any name will do. */
  readonly isWholeName?: (name: string) => boolean;
}

const rpmRow = { purlType: 'rpm', order: rpm, normaliseName: asItIs, purlName: asItIs } as const;
const languageRow = { normaliseName: asItIs, purlName: asItIs, looksUpBy: 'name' } as const;

/**
 * THE table. Derivatives of a distribution have no row: Raspbian, Mint and their like rebuild or replace packages under
 * versions of their own, and `2.31-13+rpi1` would pass for later than the fix `2.31-13+deb11u3` without having it.
 */
export const ecosystems: readonly Ecosystem[] = Object.freeze<Ecosystem[]>([
  {
    osv: 'Debian',
    purlType: 'deb',
    purlNamespace: 'debian',
    order: deb,
    distributions: ['debian'],
    release: debianRelease,
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'Ubuntu',
    purlType: 'deb',
    purlNamespace: 'ubuntu',
    order: deb,
    distributions: ['ubuntu'],
    release: ubuntuRelease,
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'Alpine',
    purlType: 'apk',
    purlNamespace: 'alpine',
    order: apk,
    distributions: ['alpine'],
    release: alpineRelease,
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'Wolfi',
    purlType: 'apk',
    purlNamespace: 'wolfi',
    order: apk,
    distributions: ['wolfi'],
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'Chainguard',
    purlType: 'apk',
    purlNamespace: 'chainguard',
    order: apk,
    distributions: ['chainguard'],
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'MinimOS',
    purlType: 'apk',
    purlNamespace: 'minimos',
    order: apk,
    distributions: ['minimos'],
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  {
    osv: 'Echo',
    purlType: 'deb',
    purlNamespace: 'echo',
    order: deb,
    distributions: ['echo'],
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'source',
  },
  // Advisories of the first two name every package that is built, those of the others what it is built from.
  {
    ...rpmRow,
    osv: 'Red Hat',
    purlNamespace: 'redhat',
    distributions: ['rhel'],
    release: majorRelease,
    advisoryRelease: redHatAdvisoryRelease,
    looksUpBy: 'name',
  },
  {
    ...rpmRow,
    osv: 'AlmaLinux',
    purlNamespace: 'almalinux',
    distributions: ['almalinux'],
    release: majorRelease,
    looksUpBy: 'name',
  },
  {
    ...rpmRow,
    osv: 'Rocky Linux',
    purlNamespace: 'rocky-linux',
    distributions: ['rocky'],
    release: majorRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'Photon OS',
    purlNamespace: 'vmware',
    distributions: ['photon'],
    release: photonRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'openSUSE',
    purlNamespace: 'opensuse',
    distributions: ['opensuse-leap', 'opensuse-tumbleweed', 'opensuse-leap-micro'],
    release: opensuseRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'SUSE',
    purlNamespace: 'suse',
    distributions: ['sles', 'sled', 'sles_sap', 'sle_hpc'],
    release: suseRelease,
    advisoryRelease: suseAdvisoryRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'Mageia',
    purlNamespace: 'mageia',
    distributions: ['mageia'],
    release: majorRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'openEuler',
    purlNamespace: 'openeuler',
    distributions: ['openeuler'],
    release: openEulerRelease,
    looksUpBy: 'source',
  },
  {
    ...rpmRow,
    osv: 'Azure Linux',
    purlNamespace: 'azure-linux',
    distributions: ['azurelinux', 'mariner'],
    release: majorRelease,
    looksUpBy: 'source',
  },
  // Old npm packages may differ in case alone (`JSONStream`, `jsonstream`), so only purl, whose rule it is, loses the case.
  { ...languageRow, osv: 'npm', purlType: 'npm', order: semver, purlName: toLowerCase },
  { ...languageRow, osv: 'PyPI', purlType: 'pypi', order: pep440, normaliseName: toPypiName, purlName: toPypiName },
  {
    ...languageRow,
    osv: 'Maven',
    purlType: 'maven',
    order: maven,
    normaliseName: toMavenName,
    // Archives may not say their group.
    isWholeName: (name) => /[:/]/.test(name),
  },
  { ...languageRow, osv: 'RubyGems', purlType: 'gem', order: gem },
  // Modules may differ in case alone, but not their purls.
  { ...languageRow, osv: 'Go', purlType: 'golang', order: go, purlName: toLowerCase },
  {
    ...languageRow,
    osv: 'Packagist',
    purlType: 'composer',
    order: composer,
    normaliseName: toLowerCase,
    purlName: toLowerCase,
  },
  { ...languageRow, osv: 'NuGet', purlType: 'nuget', order: nuget, normaliseName: toLowerCase },
  { ...languageRow, osv: 'crates.io', purlType: 'cargo', order: cargo },
  { ...languageRow, osv: 'Hex', purlType: 'hex', order: hex, normaliseName: toLowerCase, purlName: toLowerCase },
  { ...languageRow, osv: 'Pub', purlType: 'pub', order: pub, normaliseName: toPubName, purlName: toPubName },
  { ...languageRow, osv: 'Hackage', purlType: 'hackage', order: hackage },
  // purl has no type for parts of the compiler.
  { ...languageRow, osv: 'GHC', purlType: 'ghc', order: hackage },
  { ...languageRow, osv: 'CRAN', purlType: 'cran', order: cran },
  { ...languageRow, osv: 'ConanCenter', purlType: 'conan', order: conan },
  {
    ...languageRow,
    osv: 'Bitnami',
    purlType: 'bitnami',
    order: bitnami,
    normaliseName: toLowerCase,
    purlName: toLowerCase,
  },
  { ...languageRow, osv: 'Julia', purlType: 'julia', order: julia },
  { ...languageRow, osv: 'SwiftURL', purlType: 'swift', order: semver, normaliseName: toSwiftName },
]);

const byName = new Map(ecosystems.map((row) => [row.osv, row]));

/** The row of an OSV ecosystem, with or without release: `Debian:11`, `Debian`. Undefined for one that has no row. */
export function ecosystemOf(osvName: string): Ecosystem | undefined {
  const colon = osvName.indexOf(':');
  return byName.get(colon < 0 ? osvName : osvName.slice(0, colon));
}

/** The row of a package by purl type and, where packages belong to a distribution, by the system that they are installed on. */
export function ecosystemOfPackage(type: string, system?: OperatingSystem): Ecosystem | undefined {
  return ecosystems.find(
    ({ purlType, distributions }) =>
      purlType === type && (distributions === undefined || (system !== undefined && distributions.includes(system.id))),
  );
}

/** Whether packages of a purl type belong to a distribution, known here or not. */
export function isDistributionType(type: string): boolean {
  return ecosystems.some(({ purlType, distributions }) => purlType === type && distributions !== undefined);
}

/**
 * Compares two versions by the rule of an OSV ecosystem (`Debian`, `Debian:11`, `npm`). Undefined for an ecosystem that has
 * no row, and where the ecosystem's own tool would refuse one of the versions.
 */
export function compareVersions(ecosystem: string, a: string, b: string): Comparison | undefined {
  const row = ecosystemOf(ecosystem);
  return row && compareBy(row.order, a, b);
}
