import { type SortKey, toNumberKey } from './sort-key.ts';

/** Before and after zero, which is what a version has in every place past its end. */
const below = '\x01';
const zero = '\x02';
const above = '\x03';

/**
 * The key of a list that is compared as if zeros without end followed it: words are before zero, numbers after it. A run of zeros
 * says nothing until the part behind it is known: it is early where that is a word, and the shorter the earlier; it is late
 * where that is a number, and the shorter the later.
 * @param parts Decimal digits, or words that do not start with one.
 */
export function toPaddedKey(parts: readonly string[]): SortKey {
  return joinPadded(parts.map((part) => (/^\d/.test(part) ? toPaddedNumber(part) : { side: -1, key: `${part}\0` })));
}

/** One part: on which side of zero it is, and its key among those of that side. */
export interface PaddedPart {
  readonly side: -1 | 0 | 1;
  readonly key: SortKey;
}

export function toPaddedNumber(digits: string): PaddedPart {
  const key = toNumberKey(digits);
  return { side: key === '\0' ? 0 : 1, key };
}

/** As `toPaddedKey`, of parts that know their side of zero. No key may be the start of another one. */
export function joinPadded(parts: readonly PaddedPart[]): SortKey {
  let key = '';
  let zeros = 0;
  for (const part of parts) {
    if (part.side === 0) zeros++;
    else {
      key += part.side < 0 ? below + String.fromCharCode(zeros) : above + String.fromCharCode(0xffff - zeros);
      key += part.key;
      zeros = 0;
    }
  }
  return key + zero;
}
