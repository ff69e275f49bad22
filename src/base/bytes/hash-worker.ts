// The other side of hash-pool.ts, in a thread of its own.
import { parentPort } from 'node:worker_threads';
import { type FileRange, hashFile } from './hash-file.ts';

/** What the pool asks. */
export interface HashRequest {
  readonly id: number;
  readonly range: FileRange;
  readonly algorithm: string;
}

/** What the thread answers: a digest, nothing where the file was cut off, or why it could not be read. */
export interface HashAnswer {
  readonly id: number;
  readonly digest?: string;
  readonly failure?: unknown;
}

parentPort?.on('message', ({ id, range, algorithm }: HashRequest) => {
  hashFile(range, algorithm).then(
    (digest) => answer(digest === undefined ? { id } : { id, digest }),
    (failure) => answer({ id, failure }),
  );
});

function answer(message: HashAnswer): void {
  parentPort?.postMessage(message);
}
