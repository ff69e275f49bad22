import type { OperatingSystem } from './model/package.ts';
import { apk } from './versions/apk.ts';
import { deb } from './versions/deb.ts';
import { type Comparison, compareBy, type Order } from './versions/order.ts';
import { pep440 } from './versions/pep440.ts';
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
  /** The form in which names are compared. */
  readonly normaliseName: (name: string) => string;
  /** The form in which purl writes a name or a namespace. */
  readonly purlName: (name: string) => string;
  /** Whether advisories name source packages, or packages as they are installed. */
  readonly looksUpBy: 'source' | 'name';
}

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
  // Old npm packages may differ in case alone (`JSONStream`, `jsonstream`), so only purl, whose rule it is, loses the case.
  {
    osv: 'npm',
    purlType: 'npm',
    order: semver,
    normaliseName: asItIs,
    purlName: toLowerCase,
    looksUpBy: 'name',
  },
  {
    osv: 'PyPI',
    purlType: 'pypi',
    order: pep440,
    normaliseName: toPypiName,
    purlName: toPypiName,
    looksUpBy: 'name',
  },
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

function asItIs(name: string): string {
  return name;
}

function toLowerCase(name: string): string {
  return name.toLowerCase();
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function toPypiName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

/** The major number since Debian 7, `6.0` and `3.1` before. Testing and unstable say no version. */
function debianRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const [, major, minor] = /^(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d{1,3})*$/.exec(versionId) ?? [];
  if (major === undefined) return undefined;
  return Number(major) >= 7 ? major : minor && `${major}.${minor}`;
}

/** April releases of even years are for long-term support. */
function ubuntuRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const [, year, month] = /^(\d{1,2})\.(\d\d)(?:\.\d{1,2})?$/.exec(versionId) ?? [];
  if (year === undefined) return undefined;
  return `${year}.${month}${month === '04' && Number(year) % 2 === 0 ? ':LTS' : ''}`;
}

/** `v3.19` of `3.19.1`. Edge has versions such as `3.20_alpha20240315`, which are no release. */
function alpineRelease({ versionId = '' }: OperatingSystem): string | undefined {
  const branch = /^(\d{1,2}\.\d{1,3})(?:\.\d{1,3})*$/.exec(versionId)?.[1];
  return branch && `v${branch}`;
}
