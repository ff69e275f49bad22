import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessFile } from '../../base/bytes/file-access.ts';
import { accessBytes, type RandomAccess } from '../../base/bytes/random-access.ts';

/** Larger files wait in the temporary directory. Three layers at once hold one such file each. */
const maxHeldBytes = 16 << 20;

/** Buffers that wait to be used again. */
const maxFree = 6;

/** A file whose parts come one after another, to be read in any order once it is whole. */
export interface Gathering {
  /** Bytes so far. Throws what the system says where a temporary file cannot be written. */
  add(part: Buffer): number;
  /** The whole file; good until `release`. */
  content(): RandomAccess;
  release(): void;
}

/** Memory for large files. It is used again and again: fresh memory costs more than what is done with it. */
export class GatheringSpace {
  #free: Buffer[] = [];

  /** @param size Bytes of the file. Throws what the system says where a temporary file cannot be written. */
  begin(size: number): Gathering {
    return size > maxHeldBytes ? gatherOnDisk(size) : this.#gatherInMemory(size);
  }

  #gatherInMemory(size: number): Gathering {
    // Smallest first: a small file must not take what a large one needs.
    const fitting = this.#free.findIndex(({ length }) => length >= size);
    const space = fitting < 0 ? Buffer.allocUnsafe(roundUp(size)) : this.#free.splice(fitting, 1)[0]!;
    let length = 0;
    return {
      add: (part) => {
        length += part.copy(space, length);
        return length;
      },
      content: () => accessBytes(space.subarray(0, length)),
      release: () => {
        this.#free.push(space);
        this.#free.sort((a, b) => a.length - b.length);
        if (this.#free.length > maxFree) this.#free.shift();
      },
    };
  }
}

/** Few sizes, so that what one file leaves fits the next. */
function roundUp(size: number): number {
  return Math.max(1 << 18, 2 ** Math.ceil(Math.log2(Math.max(size, 1))));
}

/** The file has no name from the first moment on where the system allows that, so that nothing is left of a killed process. */
function gatherOnDisk(size: number): Gathering {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-file-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  let file: number;
  try {
    file = openSync(join(folder, 'content'), 'wx+');
  } catch (error) {
    remove();
    throw error;
  }
  if (process.platform !== 'win32') remove();
  let length = 0;
  return {
    add: (part) => {
      for (let done = 0; done < part.length; ) done += writeSync(file, part, done);
      length += part.length;
      return length;
    },
    content: () => accessFile(file, 0, Math.min(length, size)),
    release: () => {
      closeSync(file);
      if (process.platform === 'win32') remove();
    },
  };
}
