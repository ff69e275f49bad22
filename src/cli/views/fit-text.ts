import { characterWidth, displayWidth } from './display-width.ts';
import { printable } from './printable.ts';

/** Cuts printable text to a number of columns, at least 1; an ellipsis stands for what went. */
export function cutEnd(text: string, width: number): string {
  const shown = printable(text);
  return displayWidth(shown) <= width ? shown : `${takeColumns([...shown], width - 1).join('')}…`;
}

/** The same, but keeps the end, which tells more of a path. */
export function cutStart(text: string, width: number): string {
  const shown = printable(text);
  if (displayWidth(shown) <= width) return shown;
  const kept = takeColumns([...shown].reverse(), width - 1);
  return `…${kept.reverse().join('')}`;
}

function takeColumns(characters: readonly string[], width: number): string[] {
  let left = width;
  const end = characters.findIndex((character) => {
    left -= characterWidth(character);
    return left < 0;
  });
  return characters.slice(0, end < 0 ? characters.length : end);
}

/** Cuts text and fills it up with spaces. */
export function padEnd(text: string, width: number): string {
  const shown = cutEnd(text, width);
  return shown + ' '.repeat(width - displayWidth(shown));
}

/** Cuts text and fills it up with spaces before it. */
export function padStart(text: string, width: number): string {
  const shown = cutEnd(text, width);
  return ' '.repeat(width - displayWidth(shown)) + shown;
}

/** Breaks printable text into lines at spaces. A word that is longer than a line is cut into pieces. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text)
    .split(/ +/)
    .flatMap((long) => splitWord(long, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function splitWord(word: string, width: number): string[] {
  const pieces: string[] = [];
  for (let rest = [...word]; rest.length > 0; ) {
    const piece = takeColumns(rest, width);
    pieces.push(piece.join(''));
    rest = rest.slice(piece.length);
  }
  return pieces;
}
