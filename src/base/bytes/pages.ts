import type { RandomAccess } from './random-access.ts';

/** The pages of a file that is made of pages of one size. */
export interface Pages {
  /** Pages that the file holds whole. */
  readonly count: number;
  /** A page by its place from 0, undefined past the end. It is good until the next call. */
  read(place: number): Buffer | undefined;
}

/** Bytes read ahead where one page follows another. */
const maxAheadBytes = 256 << 10;

/** Reads pages of a file; where they are asked for in sequence, ever more at once. Several may read the same file in turns. */
export function openPages(file: RandomAccess, pageSize: number): Pages {
  const count = Math.floor(file.size / pageSize);
  const most = Math.max(1, Math.floor(maxAheadBytes / pageSize));
  let window: Buffer = Buffer.alloc(0);
  let memory: Buffer = Buffer.alloc(0);
  let start = 0;
  let ahead = 1;
  let last = -1;
  return {
    count,
    read(place) {
      if (!Number.isInteger(place) || place < 0 || place >= count) return undefined;
      if (place < start || (place - start + 1) * pageSize > window.length) {
        ahead = place === last + 1 ? Math.min(ahead * 2, most) : 1;
        const bytes = file.read(place * pageSize, Math.min(ahead, count - place) * pageSize);
        if (bytes.length > memory.length) memory = Buffer.allocUnsafe(bytes.length);
        // The file's bytes are good only until somebody else reads it.
        bytes.copy(memory);
        window = memory.subarray(0, bytes.length);
        start = place;
      }
      last = place;
      const page = window.subarray((place - start) * pageSize, (place - start + 1) * pageSize);
      return page.length === pageSize ? page : undefined;
    },
  };
}

/** A set of pages. */
export interface PageSet {
  /** Adds a page; false if it was there already. */
  add(place: number): boolean;
  has(place: number): boolean;
}

/**
 * An empty set for a file of so many pages. In a sound database each page has one place, so that one that is come upon again shows a
 * cycle, or one page that passes for many.
 */
export function pageSet(count: number): PageSet {
  const bits = new Uint8Array(Math.ceil(count / 8));
  const has = (place: number) => (bits[place >> 3]! & (1 << (place & 7))) !== 0;
  return {
    has,
    add(place) {
      if (has(place)) return false;
      bits[place >> 3]! |= 1 << (place & 7);
      return true;
    },
  };
}
