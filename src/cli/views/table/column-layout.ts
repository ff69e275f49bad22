import { displayWidth } from '../display-width.ts';
import { printable } from '../printable.ts';

/** What a column tells. */
export type ColumnKey =
  | 'severity'
  | 'shortSeverity'
  | 'package'
  | 'installed'
  | 'fixed'
  | 'fixable'
  | 'ids'
  | 'layer'
  | 'where';

/** A column that is shown. */
export interface Column {
  readonly key: ColumnKey;
  readonly title: string;
  readonly width: number;
}

const gap = 2;

/** What a column may be cut to, and how wide it may grow. A person copies the versions: they keep most. */
const rules: Readonly<Record<ColumnKey, { readonly title: string; readonly least: number; readonly most: number }>> = {
  severity: { title: 'Severity', least: 10, most: 10 },
  shortSeverity: { title: '', least: 4, most: 4 },
  package: { title: 'Package', least: 22, most: 36 },
  installed: { title: 'Installed', least: 24, most: 28 },
  fixed: { title: 'Fixed in', least: 24, most: 28 },
  fixable: { title: 'Fixable', least: 9, most: 9 },
  ids: { title: 'Vulnerabilities', least: 18, most: 48 },
  layer: { title: 'Layer', least: 5, most: 5 },
  where: { title: 'Where', least: 24, most: 60 },
};

/** Who gives way first. The others are never wider than their least. */
const givingOrder: readonly ColumnKey[] = ['where', 'ids', 'package', 'installed', 'fixed'];

/** From all that can be said to the least. */
const choices: readonly (readonly ColumnKey[])[] = [
  ['severity', 'package', 'installed', 'fixed', 'fixable', 'ids', 'layer', 'where'],
  ['severity', 'package', 'installed', 'fixed', 'fixable', 'ids', 'layer'],
  ['severity', 'package', 'installed', 'fixed', 'fixable', 'ids'],
  ['shortSeverity', 'package', 'installed', 'fixed', 'fixable', 'ids'],
  ['shortSeverity', 'package', 'installed', 'fixed', 'ids'],
];

/** The most columns that fit and hold something, each as wide as it needs or can be; undefined where even the fewest do not fit. */
export function chooseColumns(
  rows: readonly Readonly<Record<ColumnKey, string>>[],
  width: number,
): Column[] | undefined {
  for (const choice of choices) {
    const keys = choice.filter((key) => rows.some((row) => row[key] !== ''));
    const wanted = keys.map((key) => Math.min(Number.isFinite(width) ? rules[key].most : width, widest(rows, key)));
    const least = keys.map((key, index) => Math.min(rules[key].least, wanted[index]!));
    const available = width - gap * (keys.length - 1);
    if (sum(least) <= available) return fit(keys, wanted, least, available);
  }
  return undefined;
}

function widest(rows: readonly Readonly<Record<ColumnKey, string>>[], key: ColumnKey): number {
  return rows.reduce((most, row) => Math.max(most, displayWidth(printable(row[key]))), rules[key].title.length);
}

/** Takes what is too much from the columns, one after the other. */
function fit(
  keys: readonly ColumnKey[],
  wanted: readonly number[],
  least: readonly number[],
  available: number,
): Column[] {
  const widths = [...wanted];
  for (const key of givingOrder) {
    const index = keys.indexOf(key);
    const over = sum(widths) - available;
    if (index >= 0 && over > 0) widths[index] = Math.max(least[index]!, widths[index]! - over);
  }
  return keys.map((key, index) => ({ key, title: rules[key].title, width: widths[index]! }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
