import { wideRanges } from './wide-ranges.ts';

/** Columns that printable text fills: two for East Asian wide characters and emoji, none for combining marks. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Columns of one character: 0, 1 or 2. Vowels and final consonants of Hangul join the consonant before them. */
export function characterWidth(character: string): number {
  const point = character.codePointAt(0)!;
  if (point < 0x300) return 1;
  if (/^[\p{Mn}\p{Me}\u1160-\u11ff]/u.test(character)) return 0;
  return isWide(point) ? 2 : 1;
}

function isWide(point: number): boolean {
  let low = 0;
  let high = wideRanges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = wideRanges[middle]!;
    if (point < first) high = middle - 1;
    else if (point > last) low = middle + 1;
    else return true;
  }
  return false;
}
