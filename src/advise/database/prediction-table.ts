import { Table } from './table.ts';
import { damagedTable } from './table-format.ts';
import { type WrittenTable, writeTable } from './table-writer.ts';

/*
 * One entry for each year, by the part of the ids that all its vulnerabilities share: `CVE-2024`. Its value has 12 bytes for each of
 * them, in order: u32 number, u32 score, u32 percentile; little-endian, the last two in units of 1e-9. The vulnerabilities of one
 * image are spread over all years: this way they cost some thirty look-ups instead of a thousand.
 */
const rowBytes = 12;
const unit = 1e9;

/** Years of CVE ids. The list begins with 1999. */
const maxYears = 1000;
/** A year's rows must fit into one value of a table. 2025 has some 50,000. */
const maxRowsPerYear = 1_000_000;

/** FIRST's prediction that a vulnerability will be exploited within 30 days, and its rank among all; both from 0 to 1. */
export interface ExploitPrediction {
  readonly score: number;
  readonly percentile: number;
}

const yearLength = 'CVE-2024'.length;
const maxDigits = 9;

/**
 * The number of an id as it is usually written, without needless zeros and of at most nine digits; -1 for all else. Its year is
 * not looked at. By hand, since an expression would take longer than the rest of the look-up.
 */
function numberOf(id: string): number {
  const start = yearLength + 1;
  const digits = id.length - start;
  const isUsual = digits === 4 || (digits > 4 && digits <= maxDigits && id.charCodeAt(start) !== 0x30);
  if (!isUsual || !id.startsWith('CVE-') || id[yearLength] !== '-') return -1;
  let number = 0;
  for (let at = start; at < id.length; at++) {
    const digit = id.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function toId(year: string, number: number): string {
  return `${year}-${String(number).padStart(4, '0')}`;
}

/** Rows of one year as they come: numbers in the set's order, and for each score and percentile as they are stored. */
interface Collected {
  readonly numbers: Set<number>;
  readonly values: number[];
}

/** Collects predictions, some 50 bytes of memory each. */
export class PredictionBuilder {
  readonly #years = new Map<string, Collected>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Undefined where it was taken, else why not, in a few words. */
  add(id: string, { score, percentile }: ExploitPrediction): string | undefined {
    const number = numberOf(id);
    if (number < 0) return 'no usable id';
    const year = id.slice(0, yearLength);
    let rows = this.#years.get(year);
    if (rows === undefined) {
      if (this.#years.size >= maxYears) return 'too many years';
      rows = { numbers: new Set(), values: [] };
      this.#years.set(year, rows);
    }
    if (rows.numbers.has(number)) return 'duplicate id';
    if (rows.numbers.size >= maxRowsPerYear) return 'too many ids of one year';
    rows.numbers.add(number);
    rows.values.push(Math.round(score * unit), Math.round(percentile * unit));
    this.#count++;
    return undefined;
  }

  /** Writes them to a new file. */
  write(path: string, feed: string): WrittenTable {
    const header = { kind: 'predictions', feed, predictions: this.#count };
    return writeTable(path, header, this.#entries(), { uncompressed: true });
  }

  *#entries() {
    for (const key of [...this.#years.keys()].sort()) yield { key, value: encodeRows(this.#years.get(key)!) };
  }
}

function encodeRows({ numbers, values }: Collected): Buffer {
  const bytes = Buffer.alloc(numbers.size * rowBytes);
  const sorted = [...numbers].map((number, place) => ({ number, place })).sort((a, b) => a.number - b.number);
  for (const [row, { number, place }] of sorted.entries()) {
    bytes.writeUInt32LE(number, row * rowBytes);
    bytes.writeUInt32LE(values[2 * place]!, row * rowBytes + 4);
    bytes.writeUInt32LE(values[2 * place + 1]!, row * rowBytes + 8);
  }
  return bytes;
}

/** The predictions of EPSS, on disk. */
export class PredictionTable implements Disposable {
  readonly #table: Table;

  private constructor(table: Table) {
    this.#table = table;
  }

  static open(path: string): PredictionTable {
    const table = Table.open(path);
    if ((table.header as { kind?: unknown } | null)?.kind === 'predictions') return new PredictionTable(table);
    table.close();
    throw damagedTable(path, 'it does not hold predictions');
  }

  /** The predictions for those of the ids that have one. */
  get(ids: Iterable<string>): Map<string, ExploitPrediction> {
    const found = new Map<string, ExploitPrediction>();
    let year: Year | undefined;
    for (const id of [...ids].sort()) {
      const number = numberOf(id);
      if (number < 0) continue;
      if (year === undefined || !id.startsWith(year.name)) {
        const name = id.slice(0, yearLength);
        year = new Year(name, this.#valueOf(name));
      }
      const prediction = year.find(number);
      if (prediction !== undefined) found.set(id, this.#check(id, prediction));
    }
    return found;
  }

  /** Every prediction, by year and number. */
  *entries(): Generator<{ readonly id: string } & ExploitPrediction> {
    for (const { key, value } of this.#table.entries()) {
      const year = new Year(key, this.#checkLength(key, value));
      let previous = -1;
      for (let place = 0; place < year.rows; place++) {
        const number = year.number(place);
        if (number <= previous) throw damagedTable(this.#table.path, `${key} is not in order`);
        previous = number;
        const id = toId(key, number);
        yield { id, ...this.#check(id, year.prediction(place)) };
      }
    }
  }

  close(): void {
    this.#table.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #valueOf(year: string): Uint8Array {
    const [value] = this.#table.get(year, true);
    return value === undefined ? new Uint8Array() : this.#checkLength(year, value);
  }

  #checkLength(year: string, value: Uint8Array): Uint8Array {
    if (value.length % rowBytes === 0) return value;
    throw damagedTable(this.#table.path, `what it says of ${year} is not readable`);
  }

  #check(id: string, prediction: ExploitPrediction): ExploitPrediction {
    if (prediction.score <= 1 && prediction.percentile <= 1) return prediction;
    throw damagedTable(this.#table.path, `what it says of ${id} is not readable`);
  }
}

/** The rows of one year. */
class Year {
  readonly name: string;
  readonly rows: number;
  readonly #view: DataView;

  constructor(name: string, value: Uint8Array) {
    this.name = name;
    this.rows = value.length / rowBytes;
    this.#view = new DataView(value.buffer, value.byteOffset, value.length);
  }

  find(number: number): ExploitPrediction | undefined {
    let low = 0;
    let high = this.rows;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.number(middle) < number) low = middle + 1;
      else high = middle;
    }
    return low < this.rows && this.number(low) === number ? this.prediction(low) : undefined;
  }

  number(place: number): number {
    return this.#view.getUint32(place * rowBytes, true);
  }

  prediction(place: number): ExploitPrediction {
    const at = place * rowBytes;
    return { score: this.#view.getUint32(at + 4, true) / unit, percentile: this.#view.getUint32(at + 8, true) / unit };
  }
}
