import { readSync } from 'node:fs';
import { maxReadBytes, type RandomAccess } from './random-access.ts';

/**
 * A part of an open file. Throws what the system says where it cannot be read.
 * @param file Its descriptor, which whoever opened it closes.
 */
export function accessFile(file: number, start: number, size: number): RandomAccess {
  let space = Buffer.alloc(0);
  return {
    size,
    read(offset, length) {
      if (!(offset >= 0 && length >= 0 && length <= maxReadBytes)) throw new RangeError(`${length} bytes at ${offset}`);
      const wanted = Math.max(0, Math.min(length, size - offset));
      if (space.length < wanted) space = Buffer.allocUnsafe(Math.max(wanted, Math.min(2 * space.length, maxReadBytes)));
      let done = 0;
      for (let count = -1; done < wanted && count !== 0; done += count)
        count = readSync(file, space, done, wanted - done, start + offset + done);
      return space.subarray(0, done);
    },
  };
}
