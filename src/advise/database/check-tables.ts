import { PlimsollError } from '../../base/errors.ts';
import { Ledger } from './ledger.ts';
import { MarkTable } from './mark-table.ts';
import { PredictionTable } from './prediction-table.ts';
import { Shard } from './shard.ts';
import type { ShardReference, Snapshot } from './snapshot.ts';

/**
 * Reads all that a snapshot's tables hold, and fails with `data-damaged` unless it is what the snapshot says. For data from
 * outside: right digests only tell that it arrived as it was sent.
 */
export function checkTables(snapshot: Snapshot, pathOf: (digest: string) => string): void {
  for (const shard of snapshot.shards) {
    const path = pathOf(shard.digest);
    if (isMarks(shard)) checkMarks(path, shard);
    else checkShard(path, shard, snapshot.feed);
  }
  if (snapshot.ledger === undefined) return;
  using ledger = Ledger.open(pathOf(snapshot.ledger.digest));
  exhaust(ledger.entries());
}

/** Data about vulnerabilities names no packages; every shard of advisories does. */
function isMarks({ packages }: ShardReference): boolean {
  return packages === 0;
}

function checkShard(path: string, shard: ShardReference, feed: string): void {
  using opened = Shard.open(path);
  exhaust(opened.contents());
  const { advisories, packages } = opened.header;
  const agrees = opened.name === shard.name && opened.feed === feed;
  if (!agrees || advisories !== shard.advisories || packages !== shard.packages) throw contradiction(shard.name);
}

function checkMarks(path: string, shard: ShardReference): void {
  // By its name, as scans open it, whatever it says of itself.
  using opened = shard.name === 'epss' ? PredictionTable.open(path) : MarkTable.open(path);
  if (exhaust(opened.entries()) !== shard.advisories) throw contradiction(shard.name);
}

function exhaust(items: Iterable<unknown>): number {
  let count = 0;
  for (const _item of items) count++;
  return count;
}

function contradiction(name: string): PlimsollError {
  return new PlimsollError('data-damaged', `The data for ${name} is not what its index says. Nothing was changed.`);
}
