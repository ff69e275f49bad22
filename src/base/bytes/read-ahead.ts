import type { Readable } from 'node:stream';

/** Chunks that may wait for the consumer; with zlib's 256 KiB chunks that is 2 MiB. */
const maxWaiting = 8;

/**
 * Iterates a stream while its producer works on: a chunk is handed over after the producer was set to the next one, so that
 * inflating (in libuv's pool) and hashing (here) overlap even within one layer. `for await` over the stream itself would let
 * them take turns.
 */
export async function* readAhead(stream: Readable): AsyncGenerator<Buffer> {
  const waiting: Buffer[] = [];
  let ended = false;
  let failure: unknown;
  let wake: () => void = () => {};
  stream.on('data', (chunk: Buffer) => {
    waiting.push(chunk);
    if (waiting.length >= maxWaiting) stream.pause();
    wake();
  });
  stream.once('end', () => {
    ended = true;
    wake();
  });
  stream.once('error', (error) => {
    failure = error;
    wake();
  });
  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) {
        if (waiting.length < maxWaiting / 2 && stream.isPaused()) stream.resume();
        yield chunk;
      } else if (failure !== undefined) throw failure;
      else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    stream.on('error', () => {});
    stream.destroy();
  }
}
