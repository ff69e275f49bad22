import { PlimsollError } from '../errors.ts';
import { discardBody, type HttpResponse } from './http-types.ts';
import { NetworkError } from './network-error.ts';
import { redactUrl } from './redact-url.ts';
import { backoff, type RetryPolicy, wait } from './retry.ts';

/** Bytes of progress after which earlier breaks no longer count. */
const forgivenAfterBytes = 1024 * 1024;

/** How a body is taken up again. */
export interface ResumeOptions extends RetryPolicy {
  /** Asks for the rest from a byte on. */
  reopen(from: number): Promise<HttpResponse>;
  readonly signal?: AbortSignal | undefined;
  readonly onNote?: ((note: string) => void) | undefined;
}

/**
 * The bytes of an answer; where they break off or stall, the rest is asked for. A server that ignores the range and begins
 * anew has the bytes already seen passed over. Closing it before its first byte closes the answer.
 */
export function resumeBody(first: HttpResponse, options: ResumeOptions): AsyncIterable<Uint8Array> {
  const bytes = readOn(first, options);
  let started = false;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => {
        started = true;
        return bytes.next();
      },
      return: async () => {
        if (!started) await first.body[Symbol.asyncIterator]().return?.();
        return bytes.return(undefined);
      },
    }),
  };
}

async function* readOn(first: HttpResponse, options: ResumeOptions): AsyncGenerator<Uint8Array, undefined> {
  let response = first;
  let skip = 0;
  let at = 0;
  let forgiveAt = forgivenAfterBytes;
  for (let faults = 0; ; faults++) {
    try {
      for await (const chunk of skipBytes(response.body, skip)) {
        at += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      if (at >= forgiveAt) faults = 0;
      forgiveAt = at + forgivenAfterBytes;
      await waitAfterFault(error, faults, at, response, options);
    }
    response = await options.reopen(at);
    skip = at - (await startOf(response, at));
  }
}

async function waitAfterFault(
  error: unknown,
  faults: number,
  at: number,
  { url }: HttpResponse,
  { retries, backoffMs, signal, onNote }: ResumeOptions,
): Promise<void> {
  if (!(error instanceof NetworkError) || error.retry === 'never' || faults >= retries) throw error;
  onNote?.(`${redactUrl(url)} broke off after ${at} bytes; going on from there.`);
  await wait(backoff(faults, backoffMs), signal);
}

/** The first byte of an answer to a range: 0 where the server sends it all. */
async function startOf(response: HttpResponse, from: number): Promise<number> {
  if (response.status === 200) return 0;
  const range = /^bytes (\d{1,15})-\d{1,15}\/(?:\d{1,15}|\*)$/.exec(response.headers['content-range'] ?? '');
  if (response.status === 206 && range !== null && Number(range[1]) <= from) return Number(range[1]);
  await discardBody(response);
  throw new PlimsollError(
    'bad-answer',
    `${redactUrl(response.url)} broke off after ${from} bytes and does not give the rest (status ${response.status}). Try again later.`,
  );
}

async function* skipBytes(body: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const chunk of body) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left === 0 ? chunk : chunk.subarray(left);
      left = 0;
    }
  }
}
