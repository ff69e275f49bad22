import { decodeLedgerEntry, type LedgerEntry } from './ledger-entry.ts';
import { Table } from './table.ts';
import { damagedTable } from './table-format.ts';
import { type WrittenTable, writeTable } from './table-writer.ts';

/** Writes a ledger to a new file. The entries of one record stay in their order. */
export function writeLedger(path: string, entries: readonly LedgerEntry[]): WrittenTable {
  const sorted = entries.toSorted((a, b) => (a.record === b.record ? 0 : a.record < b.record ? -1 : 1));
  return writeTable(path, { kind: 'ledger' }, encodeAll(sorted));
}

function* encodeAll(entries: readonly LedgerEntry[]) {
  for (const { record, outcome, modified, used, leftOut } of entries) {
    const value = [outcome, modified ?? '', used, leftOut];
    yield { key: record, value: Buffer.from(JSON.stringify(value)) };
  }
}

/** What became of every record of a feed, on disk. */
export class Ledger implements Disposable {
  readonly #table: Table;

  private constructor(table: Table) {
    this.#table = table;
  }

  static open(path: string): Ledger {
    const table = Table.open(path);
    if ((table.header as { kind?: unknown } | null)?.kind === 'ledger') return new Ledger(table);
    table.close();
    throw damagedTable(path, 'it is not a ledger');
  }

  /** Sorted by record. */
  *entries(): Generator<LedgerEntry> {
    for (const { key, value } of this.#table.entries()) {
      const entry = decodeLedgerEntry(key, value);
      if (entry === undefined) throw damagedTable(this.#table.path, `the entry of ${key} is not readable`);
      yield entry;
    }
  }

  [Symbol.dispose](): void {
    this.#table.close();
  }
}
