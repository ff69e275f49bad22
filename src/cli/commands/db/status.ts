import { Ledger } from '../../../advise/database/ledger.ts';
import type { Snapshot } from '../../../advise/database/snapshot.ts';
import type { Store } from '../../../advise/database/store.ts';
import { dayOf, describeCounts, toCount } from './describe.ts';

/** What `db status` shows: a row per shard, then what became of the records of each source. */
export function renderStatus(store: Store, now: Date): string {
  const { snapshots, damaged } = store.readSnapshots();
  const lines: string[] = [];
  if (snapshots.length === 0)
    lines.push(`There is no advisory data in ${store.directory}.`, 'Fetch some: plimsoll db update');
  else {
    lines.push(...toTable(snapshots, now), '', 'Records by source:', ...snapshots.map(describeSource));
    lines.push('', `${toCount(totalBytes(snapshots))} bytes in ${store.directory}`);
  }
  return `${[...lines, ...damaged.map(({ message }) => `Damaged: ${message}`)].join('\n')}\n`;
}

/** Every record that is not used, by source and reason. */
export function renderRefused(store: Store): string {
  const lines: string[] = [];
  for (const snapshot of store.readSnapshots().snapshots) {
    const groups = [...readUnused(snapshot, store)];
    if (groups.length > 0) lines.push('', `Not used of ${snapshot.name}:`);
    for (const [reason, records] of groups)
      lines.push(`  ${reason} (${toCount(records.length)}):`, ...records.map((record) => `    ${record}`));
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** The same for programs; its shape is kept within a `schemaVersion`. */
export function toStatusJson(store: Store, withUnused: boolean): object {
  const { snapshots, damaged } = store.readSnapshots();
  return {
    schemaVersion: 1,
    directory: store.directory,
    sources: snapshots.map((snapshot) => ({
      feed: snapshot.feed,
      name: snapshot.name,
      source: snapshot.source,
      fetched: snapshot.fetched,
      asOf: snapshot.asOf,
      ...snapshot.counts,
      ...(withUnused ? { unused: Object.fromEntries(readUnused(snapshot, store)) } : {}),
      shards: snapshot.shards,
    })),
    damaged,
  };
}

function toTable(snapshots: readonly Snapshot[], now: Date): string[] {
  // v3.9 comes before v3.10.
  const { compare } = new Intl.Collator('en', { numeric: true });
  const rows = snapshots.flatMap(({ shards, asOf, fetched }) =>
    shards
      .toSorted((a, b) => compare(a.name, b.name))
      .map(({ name, advisories, packages, bytes }) => [
        name,
        toCount(advisories),
        packages === 0 ? '' : toCount(packages),
        dayOf(asOf),
        describeAge(fetched, now),
        toSize(bytes),
      ]),
  );
  const all = [['SHARD', 'ADVISORIES', 'PACKAGES', 'AS OF', 'FETCHED', 'SIZE'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) =>
    row
      .map((cell, column) => align(cell, column, widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}

/** Numbers to the right, words to the left. */
function align(cell: string, column: number, width: number): string {
  return [1, 2, 5].includes(column) ? cell.padStart(width) : cell.padEnd(width);
}

function describeSource({ name, counts, source }: Snapshot): string {
  const { leftOut } = counts.packages;
  const partly = leftOut.map(({ reason, count }) => `${reason} ${toCount(count)}`).join(', ');
  const examples = counts.refused.map(
    ({ reason, examples: some }) => `    ${reason}: ${some.slice(0, 3).join(', ')} …`,
  );
  return [
    `  ${name}: ${describeCounts(counts)}`,
    ...(partly === '' ? [] : [`    packages left out of records that are used: ${partly}`]),
    ...examples,
    `    from ${source}`,
  ].join('\n');
}

function readUnused({ ledger }: Snapshot, store: Store): Map<string, string[]> {
  if (ledger === undefined) return new Map();
  using opened = Ledger.open(store.tablePath(ledger.digest));
  const groups = new Map<string, string[]>();
  for (const { record, outcome, leftOut } of opened.entries()) {
    const reasons = outcome === 'used' ? Object.keys(leftOut).map((reason) => `in part, ${reason}`) : [outcome];
    for (const reason of reasons) {
      const records = groups.get(reason);
      if (records === undefined) groups.set(reason, [record]);
      else records.push(record);
    }
  }
  return groups;
}

function totalBytes(snapshots: readonly Snapshot[]): number {
  return snapshots.flatMap(({ shards }) => shards).reduce((sum, { bytes }) => sum + bytes, 0);
}

function describeAge(time: string, now: Date): string {
  const minutes = Math.max(0, Math.round((now.getTime() - Date.parse(time)) / 60_000));
  if (minutes < 120) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  return hours < 72 ? `${hours} h ago` : `${Math.round(hours / 24)} days ago`;
}

function toSize(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}
