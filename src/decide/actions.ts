import type { Match } from '../base/model/match.ts';
import type { Action } from '../base/model/report.ts';

/** What clears the most vulnerabilities first: each package that a fixed version exists for, raised to the highest one needed. */
export function planActions(
  matches: readonly Match[],
  compare: (match: Match, a: string, b: string) => number,
): Action[] {
  const open = matches.filter((match) => !match.suppressed && match.fixedVersions.length > 0);
  const groups = Map.groupBy(open, ({ reason }) => `${reason.shard} ${reason.name} ${reason.version}`);
  const actions = [...groups.values()].map((group) => toAction(group, compare));
  return actions.sort((a, b) => b.clears.length - a.clears.length || (a.title < b.title ? -1 : 1));
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
