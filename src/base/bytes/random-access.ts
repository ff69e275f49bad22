/** Bytes that are read in any order, such as a file of an image that is too large to be held. */
export interface RandomAccess {
  readonly size: number;
  /**
   * The bytes at a place; fewer where the file ends before. They are good until the next reading.
   * @param length At most `maxReadBytes`.
   */
  read(offset: number, length: number): Buffer;
}

/** Most that is read at once. */
export const maxReadBytes: number = 16 << 20;

/** Bytes in memory. */
export function accessBytes(bytes: Uint8Array): RandomAccess {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    size: all.length,
    read(offset, length) {
      if (!(offset >= 0 && length >= 0 && length <= maxReadBytes)) throw new RangeError(`${length} bytes at ${offset}`);
      return all.subarray(Math.min(offset, all.length), Math.min(offset + length, all.length));
    },
  };
}
