import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { PlimsollError, toMessage } from '../errors.ts';
import type { HttpRequest, HttpResponse } from './http-types.ts';

/**
 * Answers for a `file:` address as a server would, so that an air-gapped mirror is used like the real one: 200 with its size,
 * date and an entity tag, 304 where `if-none-match` names that, 404 where there is no such file.
 */
export async function readFileUrl({ headers = {}, signal }: HttpRequest, url: URL): Promise<HttpResponse> {
  const path = toPath(url);
  const found = await stat(path, { bigint: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  });
  if (found === undefined) return { status: 404, headers: {}, url: url.href, body: nothing() };
  // A pipe or a device would block or never end.
  if (!found.isFile()) throw unreadable(path, new Error('it is no regular file'));
  const etag = `"${found.size}-${found.mtimeNs}-${found.ino}"`;
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag }, url: url.href, body: nothing() };
  return {
    status: 200,
    headers: { etag, 'content-length': String(found.size), 'last-modified': found.mtime.toUTCString() },
    url: url.href,
    body: readFile(path, signal),
  };
}

function toPath(url: URL): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new PlimsollError('usage', `${url.href.slice(0, 300)} names no file here: ${toMessage(cause)}.`, { cause });
  }
}

async function* readFile(path: string, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20, ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

function unreadable(path: string, cause: unknown): PlimsollError {
  return new PlimsollError('storage', `${path} cannot be read: ${toMessage(cause)}.`, { cause });
}
