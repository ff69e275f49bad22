import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlimsollError } from '../../base/errors.ts';
import { discardBody, type HttpResponse } from '../../base/net/http-types.ts';
import { limitBody } from '../../base/net/read-body.ts';
import { redactUrl } from '../../base/net/redact-url.ts';
import { toStorageError } from '../../base/places.ts';
import type { FeedContext, Fingerprint } from './feed.ts';

/** A file of a feed on this disk: the feed's own where the address is of a file, else a copy that goes when it is closed. */
export interface LocalFile extends AsyncDisposable {
  readonly path: string;
  readonly fingerprint: Fingerprint;
}

/** What to fetch. */
export interface Download {
  readonly url: string;
  /** For progress: `Fetching advisories for Debian`. */
  readonly task: string;
  readonly maxBytes: number;
  /** Of the copy that is there already. */
  readonly last?: Fingerprint | undefined;
}

/** Fetches a file of any size, unless it is the one that is known. */
export async function downloadFile(download: Download, context: FeedContext): Promise<LocalFile | 'unchanged'> {
  const answer = await request(download, context);
  if (answer === 'unchanged') return answer;
  const fingerprint = fingerprintOf(answer);
  if (download.url.startsWith('file:'))
    return { path: fileURLToPath(download.url), fingerprint, [Symbol.asyncDispose]: async () => {} };
  const path = join(context.temporaryDirectory, `download-${process.pid}-${randomBytes(6).toString('hex')}`);
  const remove = () => rm(path, { force: true });
  try {
    await save(answer, path, download, context);
  } catch (error) {
    await remove();
    throw error;
  }
  return { path, fingerprint, [Symbol.asyncDispose]: remove };
}

/** Fetches a file that fits in memory, unless it is the one that is known. */
export async function downloadBytes(
  download: Download,
  context: FeedContext,
): Promise<{ readonly bytes: Buffer; readonly fingerprint: Fingerprint } | 'unchanged'> {
  const answer = await request(download, context);
  if (answer === 'unchanged') return answer;
  const chunks: Uint8Array[] = [];
  for await (const chunk of bodyOf(answer, download, context)) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), fingerprint: fingerprintOf(answer) };
}

/** True for the error of something that the source does not have. */
export function isNotFound(error: unknown): boolean {
  return error instanceof PlimsollError && error.code === 'not-found';
}

/** An address below another, its names escaped. */
export function addressBelow(base: string, ...names: string[]): string {
  return [base.replace(/\/{1,100}$/, ''), ...names.map(encodeURIComponent)].join('/');
}

async function request({ url, last }: Download, { send, signal }: FeedContext): Promise<HttpResponse | 'unchanged'> {
  const headers: Record<string, string> = {};
  if (last?.etag !== undefined) headers['if-none-match'] = last.etag;
  else if (last?.lastModified !== undefined) headers['if-modified-since'] = last.lastModified;
  const answer = await send({ url, headers, signal });
  if (answer.status === 200) return answer;
  await discardBody(answer);
  if (answer.status === 304 && Object.keys(headers).length > 0) return 'unchanged';
  throw toStatusError(redactUrl(url), answer.status);
}

function toStatusError(where: string, status: number): PlimsollError {
  if (status === 404 || status === 410) return new PlimsollError('not-found', `There is no ${where}.`);
  if (status === 401 || status === 403)
    return new PlimsollError('unauthorized', `${where} refuses to be read (status ${status}). Check the address.`);
  return new PlimsollError('bad-answer', `${where} answers with status ${status}. Try again later.`);
}

async function save(answer: HttpResponse, path: string, download: Download, context: FeedContext): Promise<void> {
  const file = await open(path, 'wx').catch((cause) => {
    throw toStorageError('create', path, cause);
  });
  try {
    for await (const chunk of bodyOf(answer, download, context))
      await file.writeFile(chunk).catch((cause) => {
        throw toStorageError('write', path, cause);
      });
  } finally {
    await file.close();
  }
}

async function* bodyOf(
  answer: HttpResponse,
  { task, maxBytes }: Download,
  { progress }: FeedContext,
): AsyncGenerator<Uint8Array> {
  const total = Number(answer.headers['content-length']) || undefined;
  let done = 0;
  for await (const chunk of limitBody(answer, maxBytes)) {
    done += chunk.length;
    progress.report({ task, done, unit: 'bytes', ...(total ? { total } : {}) });
    yield chunk;
  }
}

function fingerprintOf({ headers }: HttpResponse): Fingerprint {
  const { etag, 'last-modified': lastModified } = headers;
  return { ...(isTag(etag) ? { etag } : {}), ...(isTag(lastModified) ? { lastModified } : {}) };
}

/** It is kept and sent back, so nothing odd may be in it. */
function isTag(text: string | undefined): text is string {
  return text !== undefined && /^[ -~]{1,1000}$/.test(text);
}
