import { PlimsollError } from '../errors.ts';
import { createAgents } from './agents.ts';
import { exchange } from './exchange.ts';
import { readFileUrl } from './file-url.ts';
import { discardBody, type HttpRequest, type HttpResponse, type SendRequest } from './http-types.ts';
import { NetworkError } from './network-error.ts';
import { redactUrl } from './redact-url.ts';
import { type Hop, maxRedirects, nextHop } from './redirect.ts';
import { resumeBody } from './resume.ts';
import { wait, waitBeforeRetry } from './retry.ts';

/** How a client behaves. */
export interface HttpClientOptions {
  /** `name/version`. */
  readonly userAgent: string;
  /** Certificates in PEM, trusted beside Node's own and those of NODE_EXTRA_CA_CERTS. */
  readonly ca?: string | undefined;
  /** Of the environment: HTTP_PROXY, HTTPS_PROXY, NO_PROXY. The process's own unless given. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Path of a Unix socket: all requests go there, and their addresses' host only stands in the header. Proxies are not asked. */
  readonly socketPath?: string | undefined;
  /** For connecting and the answer's head together, and for each KiB of its body. */
  readonly timeoutMs?: number;
  /** Tries after the first. */
  readonly retries?: number;
  /** Wait before the first of them; doubled for each further one. */
  readonly backoffMs?: number;
  /** Told of waits and retries, in a sentence. */
  readonly onNote?: ((note: string) => void) | undefined;
}

/** The one way to the network. */
export interface HttpClient {
  /**
   * Sends a request, follows redirects, and tries again what may pass: faults of the network, 408, 429 and 5xx. The last
   * answer is given whatever its status. Throws `network`, `bad-answer` for redirects that are not followed, `usage` for
   * addresses that are none, and the signal's reason.
   */
  readonly request: SendRequest;
  /** Closes what connections are kept open. */
  close(): void;
}

/** Makes a client; its connections are kept until it is closed, but do not keep the process alive. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const settings = { timeoutMs: 30_000, retries: 4, backoffMs: 500, ...options };
  const agents = createAgents(options.socketPath === undefined ? (options.env ?? process.env) : {}, options.ca);

  async function request(asked: HttpRequest): Promise<HttpResponse> {
    const url = parseUrl(asked.url);
    if (url.protocol === 'file:') return readFileUrl(asked, url);
    let hop = firstHop(asked, url);
    for (let redirects = 0; ; redirects++) {
      const response = await sendPatiently(hop, asked);
      const next = asked.redirects === false ? undefined : nextHop(hop, response);
      if (next === undefined) return withResumption(asked, response);
      await discardBody(response);
      if (redirects === maxRedirects)
        throw new PlimsollError(
          'bad-answer',
          `${redactUrl(url)} redirects more than ${maxRedirects} times. Check the address.`,
        );
      hop = next;
    }
  }

  async function sendPatiently(hop: Hop, asked: HttpRequest): Promise<HttpResponse> {
    const policy = { retries: asked.retries ?? settings.retries, backoffMs: settings.backoffMs };
    for (let attempt = 0; ; attempt++) {
      const outcome = await send(hop, asked);
      const waitMs = waitBeforeRetry(outcome, attempt, policy);
      if (waitMs === undefined) {
        if (outcome instanceof NetworkError) throw outcome;
        return outcome;
      }
      settings.onNote?.(noteOf(hop.url, outcome, waitMs));
      if (!(outcome instanceof NetworkError)) await discardBody(outcome);
      await wait(waitMs, asked.signal);
    }
  }

  async function send(
    hop: Hop,
    { timeoutMs = settings.timeoutMs, signal }: HttpRequest,
  ): Promise<HttpResponse | NetworkError> {
    try {
      return await exchange({ ...hop, agent: agents.of(hop.url), socketPath: options.socketPath, timeoutMs, signal });
    } catch (error) {
      if (error instanceof NetworkError) return error;
      throw error;
    }
  }

  function firstHop({ method = 'GET', headers = {}, body }: HttpRequest, url: URL): Hop {
    const basic = takeCredentials(url);
    const own = {
      'user-agent': settings.userAgent,
      'accept-encoding': 'identity',
      ...(basic ? { authorization: basic } : {}),
    };
    return { url, method, headers: { ...own, ...headers }, body };
  }

  /** Only what the server can be held to be the same is taken up again: https://www.rfc-editor.org/rfc/rfc9110#field.if-range */
  function withResumption(asked: HttpRequest, response: HttpResponse): HttpResponse {
    const { etag, 'accept-ranges': ranges } = response.headers;
    const isWhole = response.status === 200 && (asked.method ?? 'GET') === 'GET' && asked.headers?.range === undefined;
    if (asked.resume === false || !isWhole || ranges !== 'bytes' || !etag?.startsWith('"')) return response;
    const reopen = (from: number) =>
      request({ ...asked, resume: false, headers: { ...asked.headers, range: `bytes=${from}-`, 'if-range': etag } });
    const body = resumeBody(response, {
      ...settings,
      reopen: async (from) => sameEntity(await reopen(from), etag),
      signal: asked.signal,
    });
    return { ...response, body };
  }

  return { request, close: agents.close };
}

/** A server that begins anew because its file has changed must not have the two mixed. */
async function sameEntity(response: HttpResponse, etag: string): Promise<HttpResponse> {
  if (response.headers.etag === etag || (response.status !== 200 && response.status !== 206)) return response;
  await discardBody(response);
  throw new PlimsollError('bad-answer', `${redactUrl(response.url)} changed while it was read. Try again.`);
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && ['http:', 'https:', 'file:'].includes(url.protocol)) return url;
  throw new PlimsollError('usage', `${redactUrl(text)} is no http, https or file address. Check it.`);
}

/** Moves the user and password of an address to where they are sent. */
function takeCredentials(url: URL): string | undefined {
  const { username, password } = url;
  url.username = '';
  url.password = '';
  url.hash = '';
  if (username === '' && password === '') return undefined;
  return `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function noteOf(url: URL, outcome: HttpResponse | NetworkError, waitMs: number): string {
  const what =
    outcome instanceof NetworkError ? outcome.message : `${redactUrl(url)} answers with status ${outcome.status}.`;
  return `${what} Trying again in ${(waitMs / 1000).toFixed(waitMs < 10_000 ? 1 : 0)} s.`;
}
