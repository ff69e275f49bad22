import type { LedgerCounts } from '../../../advise/database/ledger-entry.ts';
import type { Snapshot } from '../../../advise/database/snapshot.ts';
import type { UpdateOutcome } from '../../../pipeline/update.ts';

/** One line on what became of one ecosystem or feed. */
export function describeOutcome(outcome: UpdateOutcome): string {
  const label = outcome.name.padEnd(14);
  if (outcome.kind === 'failed') {
    const kept = outcome.kept ? ` What was fetched on ${dayOf(outcome.kept.fetched)} stays.` : '';
    return `${label} failed: ${outcome.error.message}${kept}`;
  }
  const { counts, asOf } = outcome.snapshot;
  const what = outcome.kind === 'unchanged' ? 'unchanged' : `${outcome.kind}, as of ${dayOf(asOf)}`;
  return `${label} ${what}: ${describeCounts(counts)}`;
}

/** One line on data that was taken over. */
export function describeImported(snapshot: Snapshot, before: readonly Snapshot[]): string {
  const last = before.find(({ feed, name }) => feed === snapshot.feed && name === snapshot.name);
  const isOlder = last !== undefined && Date.parse(last.asOf) > Date.parse(snapshot.asOf);
  const warning = isOlder ? `; what was here was newer, of ${dayOf(last.asOf)}` : '';
  return `${snapshot.name.padEnd(14)} imported, as of ${dayOf(snapshot.asOf)}${warning}: ${describeCounts(snapshot.counts)}`;
}

/** `11,345 records: 11,300 used, 40 withdrawn, 5 refused (no usable range 5)`. */
export function describeCounts({ records, used, withdrawn, refused }: LedgerCounts): string {
  const parts = [`${toCount(used)} used`];
  if (withdrawn > 0) parts.push(`${toCount(withdrawn)} withdrawn`);
  if (refused.length > 0) {
    const reasons = refused.map(({ reason, count }) => `${reason} ${toCount(count)}`);
    parts.push(`${toCount(refused.reduce((sum, { count }) => sum + count, 0))} refused (${reasons.join(', ')})`);
  }
  return `${toCount(records)} ${records === 1 ? 'record' : 'records'}: ${parts.join(', ')}`;
}

/** `1,234,567`. */
export function toCount(count: number): string {
  return count.toLocaleString('en');
}

/** The day of a time of RFC 3339; the epoch stands for data without dates. */
export function dayOf(time: string): string {
  return Date.parse(time) === 0 ? 'unknown date' : time.slice(0, 10);
}
