import type { Affected, RangeEvent, VersionRange } from '../../base/model/advisory.ts';
import type { Comparison, Order } from '../../base/versions/order.ts';

/** Whether a version is affected. */
export type Judgement =
  | {
      readonly kind: 'affected';
      readonly how: 'range' | 'version-list';
      readonly range: string;
      readonly fixed: readonly string[];
    }
  | { readonly kind: 'not-affected' }
  /** A version of the advisory or the one at hand cannot be read by the order. */
  | { readonly kind: 'unknown'; readonly unreadable: string };

/**
 * Judges a version by what an advisory says of its package. https://ossf.github.io/osv-schema/#evaluation
 * @param parsed The version as the order reads it, where that is known already.
 */
export function judge(
  order: Order,
  version: string,
  affected: Pick<Affected, 'ranges' | 'versions'>,
  parsed: unknown = order.parse(version),
): Judgement {
  const fixed: string[] = [];
  let held: string | undefined;
  let unreadable: string | undefined = parsed === undefined && affected.ranges.length > 0 ? version : undefined;
  for (const range of parsed === undefined ? [] : affected.ranges) {
    const outcome = evaluate(order, parsed, range);
    if ('unreadable' in outcome) unreadable ??= outcome.unreadable;
    else if (outcome.holds) {
      held ??= describeRange(outcome.interval);
      if (outcome.fixed !== undefined) fixed.push(outcome.fixed);
    }
  }
  if (held !== undefined) return { kind: 'affected', how: 'range', range: held, fixed };
  if (isListed(order, version, parsed, affected.versions))
    return {
      kind: 'affected',
      how: 'version-list',
      range: `= ${version}`,
      fixed: fixesAbove(order, parsed, affected.ranges),
    };
  return unreadable === undefined ? { kind: 'not-affected' } : { kind: 'unknown', unreadable };
}

type Interval = { readonly introduced: string; readonly end?: RangeEvent };
type Outcome =
  | { readonly unreadable: string }
  | { readonly holds: boolean; readonly interval: Interval; readonly fixed?: string };

/** An event with its parsed version. */
interface Step {
  readonly event: RangeEvent;
  readonly text: string;
  /** Undefined for `0`, which is before every version. */
  readonly at: unknown;
}

/** Nearly all ranges of distributions: every version up to a fix, if there is one. The rest is evaluated step by step. */
function evaluateSimple(order: Order, version: unknown, events: readonly RangeEvent[]): Outcome | undefined {
  // Not taken apart as a list: that goes through an iterator, and this is asked of every range.
  const first = events[0];
  const second = events[1];
  if (first === undefined || events.length > 2 || !('introduced' in first) || first.introduced !== '0')
    return undefined;
  if (second === undefined) return { holds: true, interval: { introduced: '0' } };
  if (!('fixed' in second)) return undefined;
  const fix = order.parse(second.fixed);
  if (fix === undefined) return { unreadable: second.fixed };
  const holds = order.compare(version, fix) < 0;
  return { holds, interval: { introduced: '0', end: second }, ...(holds ? { fixed: second.fixed } : {}) };
}

function evaluate(order: Order, version: unknown, range: VersionRange): Outcome {
  const simple = evaluateSimple(order, version, range.events);
  if (simple !== undefined) return simple;
  const steps: Step[] = [];
  for (const event of range.events) {
    const text = textOf(event);
    const at = text === '0' && 'introduced' in event ? undefined : order.parse(text);
    if (at === undefined && !(text === '0' && 'introduced' in event)) return { unreadable: text };
    steps.push({ event, text, at });
  }
  const compare = (a: unknown, b: unknown): Comparison =>
    a === undefined ? (b === undefined ? 0 : -1) : b === undefined ? 1 : order.compare(a, b);
  steps.sort((a, b) => compare(a.at, b.at));
  let holds = false;
  let introduced = '0';
  let end: Step | undefined;
  for (const step of steps) {
    const place = compare(version, step.at);
    if ('introduced' in step.event) {
      if (place >= 0) {
        holds = true;
        introduced = step.text;
      } else break;
    } else if (endsBefore(step.event, place)) holds = false;
    else {
      end = step;
      break;
    }
  }
  const interval: Interval = end === undefined ? { introduced } : { introduced, end: end.event };
  const fixed = end !== undefined && 'fixed' in end.event ? end.text : nextFix(steps, version, compare);
  return fixed === undefined || !holds ? { holds, interval } : { holds, interval, fixed };
}

/** Whether the version lies past the end that an event sets. */
function endsBefore(event: RangeEvent, place: Comparison): boolean {
  return 'lastAffected' in event ? place > 0 : place >= 0;
}

/** Where a range ends by its last affected version, a later fix in it is still the way out. */
function nextFix(
  steps: readonly Step[],
  version: unknown,
  compare: (a: unknown, b: unknown) => Comparison,
): string | undefined {
  return steps.find(({ event, at }) => 'fixed' in event && compare(at, version) > 0)?.text;
}

function isListed(order: Order, version: string, parsed: unknown, versions: readonly string[]): boolean {
  if (versions.includes(version)) return true;
  if (parsed === undefined) return false;
  // The same version may be written otherwise: 1.0 and 1.0.0 are one for PEP 440.
  return versions.some((listed) => {
    const other = order.parse(listed);
    return other !== undefined && order.compare(other, parsed) === 0;
  });
}

function fixesAbove(order: Order, version: unknown, ranges: readonly VersionRange[]): string[] {
  if (version === undefined) return [];
  const fixes = ranges.flatMap(({ events }) => events.flatMap((event) => ('fixed' in event ? [event.fixed] : [])));
  return fixes.filter((text) => {
    const fix = order.parse(text);
    return fix !== undefined && order.compare(fix, version) > 0;
  });
}

function describeRange({ introduced, end }: Interval): string {
  const from = introduced === '0' ? 'every version' : `>= ${introduced}`;
  if (end === undefined) return introduced === '0' ? 'every version: no fix is known' : from;
  const until = 'lastAffected' in end ? `<= ${end.lastAffected}` : `< ${textOf(end)}`;
  return introduced === '0' ? until : `${from}, ${until}`;
}

function textOf(event: RangeEvent): string {
  if ('introduced' in event) return event.introduced;
  if ('fixed' in event) return event.fixed;
  return 'lastAffected' in event ? event.lastAffected : event.limit;
}
