import { Worker } from 'node:worker_threads';
import { type FileRange, hashFile } from './hash-file.ts';
import type { HashAnswer, HashRequest } from './hash-worker.ts';

/** A thread takes some 60 ms to start: less than this is hashed sooner without it. */
const minBytesForThread = 48 * 1024 * 1024;

interface Task {
  readonly range: FileRange;
  readonly algorithm: string;
  /** Set when it is being hashed. */
  taken?: Promise<string | undefined>;
}

/** A digest that was asked for. */
export interface PendingDigest {
  /** In hexadecimal; undefined where the file ends too early. What no thread has taken by now is hashed on this one. */
  result(signal?: AbortSignal): Promise<string | undefined>;
}

/**
 * Hashes parts of files on a second thread while this one walks them: SHA-256 is what reading an uncompressed image costs. What
 * is still waiting when its digest is needed is hashed here.
 */
export class HashPool {
  readonly #tasks = new Map<string, Task>();
  #waiting: Task[] = [];
  #thread: HashThread | undefined;

  /** Asked twice for the same, it hashes once. */
  begin(range: FileRange, algorithm: string): PendingDigest {
    const key = `${algorithm} ${range.start} ${range.size} ${range.path}`;
    const task = this.#tasks.get(key) ?? this.#enqueue(key, { range, algorithm });
    return { result: (signal) => task.taken ?? this.#hashHere(task, signal) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#thread?.end();
  }

  #enqueue(key: string, task: Task): Task {
    this.#tasks.set(key, task);
    this.#waiting.push(task);
    this.#share();
    return task;
  }

  #hashHere(task: Task, signal: AbortSignal | undefined): Promise<string | undefined> {
    this.#waiting = this.#waiting.filter((other) => other !== task);
    task.taken = hashFile(task.range, task.algorithm, signal);
    return task.taken;
  }

  /** Gives the thread its next task if it is idle, and starts it if that is worth it. */
  #share(): void {
    const [task] = this.#waiting;
    if (task === undefined || this.#thread?.isBusy) return;
    if (this.#thread === undefined && task.range.size < minBytesForThread) return;
    this.#waiting.shift();
    this.#thread ??= new HashThread();
    task.taken = this.#thread.hash(task);
    task.taken.catch(() => {}).then(() => this.#share());
  }
}

/** A thread that hashes one part at a time. */
class HashThread {
  readonly #worker = new Worker(
    new URL(import.meta.url.endsWith('.ts') ? './hash-worker.ts' : './hash-worker.js', import.meta.url),
    // What the process was started with, such as --input-type, must not decide how the thread's file is read.
    { execArgv: [] },
  );
  #last = 0;
  isBusy = false;

  async hash({ range, algorithm }: Pick<Task, 'range' | 'algorithm'>): Promise<string | undefined> {
    this.isBusy = true;
    try {
      const request: HashRequest = { id: ++this.#last, range, algorithm };
      const answer = await this.#ask(request);
      if (answer.failure !== undefined) throw answer.failure;
      return answer.digest;
    } finally {
      this.isBusy = false;
    }
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #ask(request: HashRequest): Promise<HashAnswer> {
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        this.#worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        then();
      };
      const onMessage = (answer: HashAnswer) => settle(() => resolve(answer));
      const onError = (error: unknown) => settle(() => reject(error));
      const onExit = () => settle(() => reject(new Error('the thread that hashes ended')));
      this.#worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      this.#worker.postMessage(request);
    });
  }
}
