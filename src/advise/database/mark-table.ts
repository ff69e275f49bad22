import { Table } from './table.ts';
import { damagedTable } from './table-format.ts';
import { type WrittenTable, writeTable } from './table-writer.ts';

/** What a feed says of one vulnerability: fields of its own, in their order. */
export interface Mark {
  /** `CVE-2021-44228`. */
  readonly id: string;
  readonly fields: readonly (string | number | boolean)[];
}

/** The fields of a mark as they are stored: a text takes a third of the memory of an array. */
export function encodeFields(fields: Mark['fields']): string {
  return JSON.stringify(fields);
}

/** Writes marks to a new file: for each id its fields, see `encodeFields`. */
export function writeMarks(path: string, feed: string, marks: ReadonlyMap<string, string>): WrittenTable {
  return writeTable(path, { kind: 'marks', feed, marks: marks.size }, encodeAll(marks), { uncompressed: true });
}

function* encodeAll(marks: ReadonlyMap<string, string>) {
  for (const key of [...marks.keys()].sort()) yield { key, value: Buffer.from(marks.get(key)!) };
}

/** When the support of a release ends; days as `YYYY-MM-DD`. */
export interface SupportEnd {
  /** The first day without regular support; absent where no end is set. */
  readonly eol?: string;
  /** The first day without extended support, which not everyone has, and what its publisher calls it. */
  readonly extended?: { readonly eol: string; readonly name?: string };
}

/** What KEV says of vulnerabilities, or endoflife.date of releases, on disk. */
export class MarkTable implements Disposable {
  readonly #table: Table;

  private constructor(table: Table) {
    this.#table = table;
  }

  static open(path: string): MarkTable {
    const table = Table.open(path);
    if ((table.header as { kind?: unknown } | null)?.kind === 'marks') return new MarkTable(table);
    table.close();
    throw damagedTable(path, 'it does not hold marks of vulnerabilities');
  }

  /** Reads the fields of `kev`: date added, date due or empty, known from ransomware. */
  knownExploited(ids: Iterable<string>): Map<string, { dateAdded: string; dueDate?: string; ransomware: boolean }> {
    return this.#look(ids, ([dateAdded, dueDate, ransomware]) => {
      if (typeof dateAdded !== 'string' || typeof dueDate !== 'string' || typeof ransomware !== 'boolean') return;
      return { dateAdded, ...(dueDate === '' ? {} : { dueDate }), ransomware };
    });
  }

  /** Reads the fields of `eol`: end of support, of extended support, name of that; each may be empty. */
  supportEnd(key: string): SupportEnd | undefined {
    return this.#look([key], ([eol, extendedEol, name]) => {
      if (typeof eol !== 'string' || typeof extendedEol !== 'string' || typeof name !== 'string') return;
      const extended = extendedEol === '' ? {} : { extended: { eol: extendedEol, ...(name === '' ? {} : { name }) } };
      return { ...(eol === '' ? {} : { eol }), ...extended };
    }).get(key);
  }

  /** Every mark, sorted by id. */
  *entries(): Generator<Mark> {
    for (const { key, value } of this.#table.entries()) yield { id: key, fields: this.#parse(key, value) };
  }

  close(): void {
    this.#table.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #look<T>(ids: Iterable<string>, decode: (fields: Mark['fields']) => T | undefined): Map<string, T> {
    const found = new Map<string, T>();
    for (const id of [...ids].sort()) {
      const [value] = this.#table.get(id);
      if (value === undefined) continue;
      const decoded = decode(this.#parse(id, value));
      if (decoded === undefined) throw damagedTable(this.#table.path, `what it says of ${id} is not readable`);
      found.set(id, decoded);
    }
    return found;
  }

  #parse(id: string, value: Uint8Array): Mark['fields'] {
    try {
      const fields = JSON.parse(Buffer.from(value.buffer, value.byteOffset, value.length).toString('utf8')) as unknown;
      if (Array.isArray(fields)) return fields;
    } catch {
      // Said below.
    }
    throw damagedTable(this.#table.path, `what it says of ${id} is not readable`);
  }
}
