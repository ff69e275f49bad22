import { type ClientRequest, type Agent as HttpAgent, type IncomingMessage, request as sendHttp } from 'node:http';
import { request as sendHttps } from 'node:https';
import type { HttpResponse } from './http-types.ts';
import { StallError, toNetworkError } from './network-error.ts';

/** One request as it goes over the wire, without retries and redirects. */
export interface Exchange {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly agent: HttpAgent;
  /** Of a Unix socket, which is asked instead of the address's host. */
  readonly socketPath?: string | undefined;
  /** Until the answer's head is there, and for each `slowestBytes` of its body. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Bytes that must come within each time-out, so that a drop now and then does not keep a connection for ever. */
const slowestBytes = 1024;

/** Sends a request and waits for the answer's head. Fails with `network`, or with the signal's reason. */
export async function exchange(send: Exchange): Promise<HttpResponse> {
  send.signal?.throwIfAborted();
  try {
    const message = await headOf(send);
    return {
      status: message.statusCode ?? 0,
      headers: headersOf(message),
      url: send.url.href,
      body: new Body(message, send),
    };
  } catch (error) {
    send.signal?.throwIfAborted();
    throw toNetworkError(send.url, error);
  }
}

function headOf({
  url,
  method,
  headers,
  body,
  agent,
  socketPath,
  timeoutMs,
  signal,
}: Exchange): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { method, headers, agent, ...(socketPath ? { socketPath } : {}), ...(signal ? { signal } : {}) };
    const request: ClientRequest = url.protocol === 'https:' ? sendHttps(url, options) : sendHttp(url, options);
    const timer = setTimeout(() => request.destroy(new StallError('no answer', timeoutMs)), timeoutMs);
    // Stays on: a connection may fail once more after the answer has begun, which its body reports.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.once('response', (message) => {
      clearTimeout(timer);
      message.on('error', () => {});
      resolve(message);
    });
    request.end(body);
  });
}

function headersOf(message: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = Object.create(null);
  for (const [name, values] of Object.entries(message.headersDistinct)) headers[name] = values?.join(', ');
  return headers;
}

/**
 * The bytes of an answer, with a watch that runs only while they are waited for: the reader may take its time. An iterator
 * rather than a generator, so that `return` closes the connection even before the first byte is read.
 */
class Body implements AsyncIterableIterator<Uint8Array> {
  readonly #message: IncomingMessage;
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #send: Exchange;
  #waitedMs = 0;
  #freshBytes = 0;
  #ended = false;

  constructor(message: IncomingMessage, send: Exchange) {
    this.#message = message;
    this.#chunks = message[Symbol.asyncIterator]();
    this.#send = send;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#ended) return { done: true, value: undefined };
    const { url, timeoutMs, signal } = this.#send;
    const start = performance.now();
    const timer = setTimeout(
      () => this.#message.destroy(new StallError('no more bytes', timeoutMs)),
      Math.max(1, timeoutMs - this.#waitedMs),
    );
    try {
      const step = await this.#chunks.next();
      if (step.done) return await this.return();
      this.#count(step.value.length, performance.now() - start);
      return step;
    } catch (error) {
      this.#ended = true;
      signal?.throwIfAborted();
      throw toNetworkError(url, error);
    } finally {
      clearTimeout(timer);
    }
  }

  async return(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (!this.#ended) {
      this.#ended = true;
      if (!this.#message.readableEnded) this.#message.destroy();
    }
    return { done: true, value: undefined };
  }

  #count(bytes: number, waitedMs: number): void {
    this.#freshBytes += bytes;
    this.#waitedMs = this.#freshBytes >= slowestBytes ? 0 : this.#waitedMs + waitedMs;
    if (this.#freshBytes >= slowestBytes) this.#freshBytes = 0;
  }
}
