import type { Result } from './budgets.ts';

const columns = ['budget', 'limit', 'floor', 'measured', 'ratio', 'pass'] as const;

/** The results for a person at a terminal. */
export function toText(results: readonly Result[]): string {
  const rows = toRows(results);
  const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The results as a Markdown table. */
export function toMarkdown(results: readonly Result[]): string {
  const [head, ...rows] = toRows(results);
  return [head!, columns.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function toRows(results: readonly Result[]): string[][] {
  const cells = results.map((result) => columns.map((column) => toCell(result[column])));
  return [['budget', 'limit', 'floor', 'measured', 'ratio', 'holds'], ...cells];
}

function toCell(value: string | boolean): string {
  return typeof value === 'string' ? value : value ? 'yes' : 'NO';
}
