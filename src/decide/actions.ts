import type { Match } from '../base/model/match.ts';
import type { Action } from '../base/model/report.ts';
import { severityRank } from '../base/severity.ts';

/** What clears exploited and severe vulnerabilities first, then what clears most: each package that a fixed version exists for, raised to the highest one needed. */
export function planActions(
  matches: readonly Match[],
  compare: (match: Match, a: string, b: string) => number,
): Action[] {
  const open = matches.filter((match) => !match.suppressed && match.fixedVersions.length > 0);
  const groups = Map.groupBy(open, ({ reason }) => `${reason.shard} ${reason.name} ${reason.version}`);
  const steps = [...groups.values()].map((group) => ({ action: toAction(group, compare), weight: weightOf(group) }));
  steps.sort(
    (a, b) =>
      b.weight - a.weight ||
      b.action.clears.length - a.action.clears.length ||
      (a.action.title < b.action.title ? -1 : 1),
  );
  return steps.map(({ action }) => action);
}

const exploited = severityRank('critical') + 1;

/** The worst that it clears; what is exploited is worse than any severity. */
function weightOf(group: readonly Match[]): number {
  return Math.max(...group.map(({ severity, kev }) => (kev ? exploited : severityRank(severity))));
}

function toAction(group: readonly Match[], compare: (match: Match, a: string, b: string) => number): Action {
  const [first] = group as readonly [Match, ...Match[]];
  const versions = group.map((match) => match.fixedVersions.at(-1)!);
  const highest = versions.reduce((best, version) => (compare(first, version, best) > 0 ? version : best));
  return {
    title: `Raise ${first.reason.name} from ${first.reason.version} to ${highest}`,
    clears: [...new Set(group.map(({ id }) => id))].sort(),
    packages: [...new Set(group.map((match) => match.package.purl))].sort(),
  };
}
