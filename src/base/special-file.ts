import { closeSync, constants, openSync, statSync, writeSync } from 'node:fs';

/** How often a pipe is tried again that has no reader, or is full. */
const retryMs = 20;
const retryFullMs = 2;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Something that is written where it is: a device or pipe. */
export interface SpecialFile {
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/**
 * Opens a device or pipe for writing, and waits until a pipe has a reader. The system's own waiting, for a reader or for room, cannot
 * be interrupted, not even by the end of the process: what would wait is tried again instead, until the signal says that it is enough.
 */
export async function openSpecialFile(path: string, signal?: AbortSignal): Promise<SpecialFile> {
  for (;;) {
    const handle = tryTo('ENXIO', () => openSync(path, constants.O_WRONLY | constants.O_NONBLOCK));
    if (handle !== undefined)
      return { write: (bytes) => writeAll(handle, bytes, signal), close: () => closeSync(handle) };
    // Of a socket the system says the same, and for ever.
    if (!statSync(path).isFIFO()) throw new Error('ENXIO: it cannot be opened');
    await wait(retryMs);
    signal?.throwIfAborted();
  }
}

async function writeAll(handle: number, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const written = tryTo('EAGAIN', () => writeSync(handle, bytes, done));
    if (written === undefined) await wait(retryFullMs);
    done += written ?? 0;
    signal?.throwIfAborted();
  }
}

/** What a call answers; undefined where it fails with this code. */
function tryTo(code: string, call: () => number): number | undefined {
  try {
    return call();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  }
}
