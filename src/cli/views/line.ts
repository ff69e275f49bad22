import { styleText } from 'node:util';
import type { Severity } from '../../base/model/match.ts';
import { printable } from './printable.ts';

/** What a piece of a line is. The colours are here alone. */
export type Style = Severity | 'title' | 'faint' | 'good' | 'bad' | 'warning';

/** A piece of a line; plain text has no style. */
export type Span = string | { readonly text: string; readonly style: Style };

/** One line of a terminal view. */
export type Line = readonly Span[];

const formats = {
  critical: ['bold', 'red'],
  high: ['red'],
  medium: ['yellow'],
  low: ['cyan'],
  negligible: ['dim'],
  unknown: ['magenta'],
  title: ['bold'],
  faint: ['dim'],
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  warning: ['yellow'],
} as const satisfies Record<Style, readonly Parameters<typeof styleText>[0][]>;

/** The text of lines, each ended. Whatever a line holds, nothing in it but our own colours steers the terminal. */
export function renderLines(lines: readonly Line[], color: boolean): string {
  return lines.map((line) => `${renderLine(line, color)}\n`).join('');
}

function renderLine(line: Line, color: boolean): string {
  const texts = line.map((span) => {
    if (typeof span === 'string') return printable(span);
    const text = printable(span.text);
    return color && text !== '' ? styleText([...formats[span.style]], text, { validateStream: false }) : text;
  });
  return texts.join('').trimEnd();
}
