import { compareVersions } from '../../../base/ecosystems.ts';
import type { Match, Severity } from '../../../base/model/match.ts';
import type { Location } from '../../../base/model/package.ts';
import type { Report } from '../../../base/model/report.ts';
import { compareSeverity } from '../../../base/severity.ts';

/** What one change mends: all matches of a package, or of all packages that were built from one source package. */
export interface PackageGroup {
  /** The name, and what it stands for where that is another package or several: `zlib (zlib1g)`, `perl (3 packages)`; `(declared)` where only a file names it. */
  readonly label: string;
  readonly version: string;
  readonly severity: Severity;
  /** One match for each vulnerability, the worst first. */
  readonly matches: readonly Match[];
  /** Vulnerabilities that a fixed version exists for. */
  readonly fixable: number;
  /** The version that is free of all of those. */
  readonly fixedVersion?: string;
  readonly locations: readonly Location[];
  readonly isOsPackage: boolean;
  /** Only files name it. */
  readonly isDeclared: boolean;
}

/** Groups the matches that count, worst and fixable first. */
export function groupMatches({ matches, packages }: Pick<Report, 'matches' | 'packages'>): PackageGroup[] {
  const declared = new Set(packages.filter(({ state }) => state === 'declared').map(({ purl }) => purl));
  const open = matches.filter(({ suppressed }) => suppressed === undefined);
  const groups = Map.groupBy(open, ({ reason }) => JSON.stringify([reason.shard, reason.name, reason.version]));
  return [...groups.values()].map((members) => toGroup(members, declared)).sort(compareGroups);
}

function toGroup(members: readonly Match[], declared: ReadonlySet<string>): PackageGroup {
  const sorted = members.toSorted(compareMatches);
  const matches = [...new Map(sorted.toReversed().map((match) => [match.id, match])).values()].sort(compareMatches);
  const [worst] = matches as [Match, ...Match[]];
  const fixed = matches.flatMap((match) => match.fixedVersions.at(-1) ?? []);
  const isOsPackage = /^pkg:(?:deb|apk|rpm)\//.test(worst.package.purl);
  const isDeclared = members.every((match) => declared.has(match.package.purl));
  const label = isOsPackage ? labelOf(worst.reason.name, members) : worst.package.name;
  return {
    label: isDeclared ? `${label} (declared)` : label,
    version: isOsPackage ? worst.reason.version : worst.package.version,
    severity: worst.severity,
    matches,
    fixable: fixed.length,
    ...(fixed.length > 0 ? { fixedVersion: highestOf(fixed, worst.reason.shard) } : {}),
    locations: worst.package.locations,
    isOsPackage,
    isDeclared,
  };
}

function labelOf(source: string, members: readonly Match[]): string {
  const [first, ...others] = new Set(members.map((match) => match.package.name));
  if (others.length > 0) return `${source} (${others.length + 1} packages)`;
  return first === source || first === undefined ? source : `${source} (${first})`;
}

/** Versions that cannot be compared count as later the later they come: fixed versions are sorted already. */
function highestOf(versions: readonly string[], ecosystem: string): string {
  return versions.reduce((best, version) => ((compareVersions(ecosystem, version, best) ?? 1) > 0 ? version : best));
}

/** By severity; then what is exploited, what can be fixed, and what is likely to be exploited. */
function compareMatches(a: Match, b: Match): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    Number(b.kev !== undefined) - Number(a.kev !== undefined) ||
    Number(b.fixedVersions.length > 0) - Number(a.fixedVersions.length > 0) ||
    (b.epss?.score ?? 0) - (a.epss?.score ?? 0) ||
    compareText(a.id, b.id)
  );
}

/** As their worst matches, but one that is exploited counts whatever its severity is in the group. */
function compareGroups(a: PackageGroup, b: PackageGroup): number {
  return (
    compareSeverity(b.severity, a.severity) ||
    Number(isExploited(b)) - Number(isExploited(a)) ||
    Number(b.matches[0]!.fixedVersions.length > 0) - Number(a.matches[0]!.fixedVersions.length > 0) ||
    highestEpss(b) - highestEpss(a) ||
    b.matches.length - a.matches.length ||
    compareText(a.label, b.label)
  );
}

function isExploited({ matches }: PackageGroup): boolean {
  return matches.some(({ kev }) => kev !== undefined);
}

function highestEpss({ matches }: PackageGroup): number {
  return matches.reduce((highest, { epss }) => Math.max(highest, epss?.score ?? 0), 0);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
