import type { LedgerCounts } from './ledger-entry.ts';

/** A table of the store, by the SHA-256 of its bytes. */
export interface TableReference {
  /** Hex. */
  readonly digest: string;
  readonly bytes: number;
}

/** A table that scans look things up in. */
export interface ShardReference extends TableReference {
  /** `Debian:11`, `npm`, `kev`, `eol`. */
  readonly name: string;
  /** Records in it. */
  readonly advisories: number;
  /** Package names that they affect; 0 for data about vulnerabilities alone. */
  readonly packages: number;
}

/** The last good data of one feed for one ecosystem: all its releases change together, with one renamed file. */
export interface Snapshot {
  /** `osv`, `kev`, `epss`, `eol`. */
  readonly feed: string;
  /** What the feed calls it: `Debian`; the feed's own name where it has but one. */
  readonly name: string;
  /** Where it came from, without credentials. */
  readonly source: string;
  /** RFC 3339: when the source last said that this is its data. */
  readonly fetched: string;
  /** RFC 3339: the newest change in the data. */
  readonly asOf: string;
  /** By which the feed tells whether its source has changed; its own business. */
  readonly fingerprint: Readonly<Record<string, string>>;
  readonly counts: LedgerCounts;
  /** Sorted by name. */
  readonly shards: readonly ShardReference[];
  readonly ledger?: TableReference;
}

/** Longest text of a snapshot's JSON that is read: 1,000 shards take 300 KB. */
export const maxSnapshotBytes = 4 * 1024 * 1024;

/** True for what a feed or an ecosystem may be called. */
export function isSnapshotName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9 ._-]{0,63}$/.test(text);
}

/** The file name of a snapshot. */
export function toSnapshotFile({ feed, name }: Pick<Snapshot, 'feed' | 'name'>): string {
  return `${feed}+${name}.json`;
}

/** Raised whenever older data cannot be read: the shape of a snapshot, or what its tables hold. It is then fetched anew. */
const formatVersion = 2;

/** The snapshot as a value for JSON, with the version of its shape. */
export function toSnapshotJson(snapshot: Snapshot): object {
  return { formatVersion, ...snapshot };
}

/** Whether a value is a snapshot of another version. */
export function isOfAnotherVersion(value: unknown): boolean {
  return isRecord(value) && typeof value.formatVersion === 'number' && value.formatVersion !== formatVersion;
}

/** Undefined where the value is not a snapshot of this version. */
export function decodeSnapshot(value: unknown): Snapshot | undefined {
  if (!isRecord(value) || value.formatVersion !== formatVersion) return;
  const { formatVersion: _, ...snapshot } = value;
  // They become a part of file names.
  if (![snapshot.feed, snapshot.name].every((text) => isText(text) && isSnapshotName(text))) return;
  if (!isText(snapshot.source) || ![snapshot.fetched, snapshot.asOf].every(isTime)) return;
  if (!isRecord(snapshot.fingerprint) || !Object.values(snapshot.fingerprint).every(isText)) return;
  if (!isCounts(snapshot.counts)) return;
  if (!isListOf(snapshot.shards, isShardReference)) return;
  if (snapshot.ledger !== undefined && !isTableReference(snapshot.ledger)) return;
  return snapshot as unknown as Snapshot;
}

/** Every table that a snapshot needs. */
export function tablesOf({ shards, ledger }: Pick<Snapshot, 'shards' | 'ledger'>): TableReference[] {
  return ledger === undefined ? [...shards] : [...shards, ledger];
}

function isTableReference(value: unknown): value is TableReference {
  return isRecord(value) && isText(value.digest) && /^[0-9a-f]{64}$/.test(value.digest) && isCount(value.bytes);
}

function isShardReference(value: unknown): value is ShardReference {
  if (!isTableReference(value) || !isRecord(value)) return false;
  return isText(value.name) && isCount(value.advisories) && isCount(value.packages);
}

function isCounts(value: unknown): value is LedgerCounts {
  if (!isRecord(value) || ![value.records, value.used, value.withdrawn].every(isCount)) return false;
  const { refused, packages } = value;
  if (!isListOf(refused, isReason) || !refused.every(({ examples }) => isListOf(examples, isText))) return false;
  return isRecord(packages) && isCount(packages.used) && isListOf(packages.leftOut, isReason);
}

function isReason(value: unknown): value is Record<string, unknown> {
  return isRecord(value) && isText(value.reason) && isCount(value.count);
}

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is T[] {
  return Array.isArray(value) && value.every(isItem);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** They are shown on terminals: nothing in them may steer one. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 4096 && !/[\p{Cc}\p{Cf}]/u.test(value);
}

function isTime(value: unknown): value is string {
  return isText(value) && !Number.isNaN(Date.parse(value));
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
