import { PlimsollError } from '../errors.ts';
import type { HttpResponse } from './http-types.ts';
import { NetworkError } from './network-error.ts';
import { redactUrl } from './redact-url.ts';

/** An answer with its whole body. */
export interface WholeResponse extends Omit<HttpResponse, 'body'> {
  readonly bytes: Buffer;
}

/** Reads a whole body into memory. Throws `limit-exceeded` before it holds more than `maxBytes`. */
export async function readBody(response: HttpResponse, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitBody(response, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The body, until it passes `maxBytes`: then it is closed and `limit-exceeded` thrown. A stated length is believed first. */
export async function* limitBody(response: HttpResponse, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    const stated = Number(response.headers['content-length']);
    if (stated > maxBytes) throw tooLarge(response, `${stated} bytes`, maxBytes);
    for await (const chunk of response.body) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge(response, `more than ${maxBytes} bytes`, maxBytes);
      yield chunk;
    }
  } finally {
    await response.body[Symbol.asyncIterator]().return?.();
  }
}

/** Reads a whole answer; one that breaks off is asked for again. */
export async function readWhole(open: () => Promise<HttpResponse>, maxBytes: number): Promise<WholeResponse> {
  for (let tries = 1; ; tries++) {
    const response = await open();
    try {
      const { status, headers, url } = response;
      return { status, headers, url, bytes: await readBody(response, maxBytes) };
    } catch (error) {
      if (!(error instanceof NetworkError) || error.retry === 'never' || tries > 2) throw error;
    }
  }
}

function tooLarge({ url }: HttpResponse, has: string, maxBytes: number): PlimsollError {
  return new PlimsollError(
    'limit-exceeded',
    `${redactUrl(url)} answers with ${has} where at most ${maxBytes} are read. Check the address; this is not what was asked for.`,
  );
}
