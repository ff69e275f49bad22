import type { Match, Severity } from '../base/model/match.ts';
import type { Verdict } from '../base/model/report.ts';
import { compareSeverity } from '../base/severity.ts';

/** The line that the user draws. */
export interface Line {
  /** Matches at or above it put the image below the line. */
  readonly failOn?: Severity | undefined;
  /** Matches without a fixed version are left out of the judgement. */
  readonly onlyFixed: boolean;
}

/** Marks what the line leaves out, each with its reason: nothing is dropped. */
export function suppressByLine(matches: readonly Match[], { onlyFixed }: Line): Match[] {
  if (!onlyFixed) return [...matches];
  const why = 'No fixed version is known, and only what can be fixed was asked for.';
  return matches.map((match) =>
    match.state === 'fixed' || match.suppressed ? match : { ...match, suppressed: { by: 'only-fixed', why } },
  );
}

/**
 * Judges by the matches that are not suppressed. Without a line every image passes, and the verdict says so.
 * @param notCompared Packages that there was no advisory data for: they are below no line, which must not pass in silence.
 * @param caveat What else must not pass in silence, such as that the system has no support any more.
 */
export function judgeMatches(matches: readonly Match[], line: Line, notCompared: number, caveat?: string): Verdict {
  const { pass, reasons } = judgeByLine(matches, line);
  const subject = notCompared === 1 ? '1 package was' : `${notCompared} packages were`;
  const gap = notCompared === 0 ? [] : [`${subject} compared with nothing, which --require-data makes an error.`];
  return { pass, reasons: [...reasons, ...gap, ...(caveat === undefined ? [] : [caveat])] };
}

function judgeByLine(matches: readonly Match[], { failOn }: Line): Verdict {
  if (failOn === undefined) return { pass: true, reasons: ['No line was drawn: --fail-on SEVERITY draws one.'] };
  const open = matches.filter(({ suppressed }) => !suppressed);
  const below = open.filter(({ severity }) => isAtLeast(severity, failOn));
  const unrated = failOn === 'unknown' ? 0 : open.filter(({ severity }) => severity === 'unknown').length;
  const note =
    unrated === 0 ? [] : [`${unrated} of unknown severity are below no line; --fail-on unknown counts them.`];
  if (below.length === 0) return { pass: true, reasons: [`No vulnerability of severity ${failOn} or above.`, ...note] };
  const counts = Map.groupBy(below, ({ severity }) => severity);
  const parts = [...counts]
    .sort(([a], [b]) => compareSeverity(b, a))
    .map(([severity, found]) => `${found.length} ${severity}`);
  return { pass: false, reasons: [`${below.length} of severity ${failOn} or above: ${parts.join(', ')}.`, ...note] };
}

/** Unknown is not below any line but the one drawn at `unknown`, where everything counts. */
function isAtLeast(severity: Severity, line: Severity): boolean {
  if (line === 'unknown') return true;
  return severity !== 'unknown' && compareSeverity(severity, line) >= 0;
}
