/** Bytes of the varint at a place: 1 to 9, or NaN where the bytes end before it does. */
export function varintLength(bytes: Buffer, at: number): number {
  for (let length = 1; length < 9; length++) {
    const byte = bytes[at + length - 1];
    if (byte === undefined) return Number.NaN;
    if (byte < 0x80) return length;
  }
  return at + 9 <= bytes.length ? 9 : Number.NaN;
}

/**
 * Big-endian groups of seven bits, the ninth byte whole. https://www.sqlite.org/fileformat2.html#varint
 * @returns Without sign; exact up to 2^53, which no length or type passes. NaN where the bytes end.
 */
export function readVarint(bytes: Buffer, at: number): number {
  const length = varintLength(bytes, at);
  let value = Number.isNaN(length) ? Number.NaN : 0;
  for (let index = 0; index < length; index++) {
    const byte = bytes[at + index]!;
    value = index === 8 ? value * 256 + byte : value * 128 + (byte & 0x7f);
  }
  return value;
}
