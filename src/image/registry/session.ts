import { PlimsollError } from '../../base/errors.ts';
import { discardBody, type HttpResponse, type SendRequest } from '../../base/net/http-types.ts';
import { isLoopbackHost } from '../../base/net/loopback.ts';
import { NetworkError } from '../../base/net/network-error.ts';
import { Authorizer } from './authorizer.ts';
import { findCredentials } from './docker-config.ts';
import type { RegistryReference } from './reference.ts';
import { loginAdvice, toRegistryError } from './registry-error.ts';

/** What a session needs. */
export interface SessionOptions {
  readonly send: SendRequest;
  readonly env: NodeJS.ProcessEnv;
  /** Allows plain http to another machine. */
  readonly insecureHttp: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** How a document or blob is asked for. */
export interface Get {
  /** Below the repository: `manifests/latest`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What it is, for errors. */
  readonly what: string;
  readonly signal?: AbortSignal | undefined;
}

/** Time for https to answer on a host that may speak plain http. */
const probeMs = 5_000;

/** Talks to one repository of a registry, logged in as far as it asks for that. */
export class Session {
  readonly #reference: RegistryReference;
  readonly #origin: string;
  readonly #send: SendRequest;
  readonly #authorizer: Authorizer;

  constructor(reference: RegistryReference, origin: string, { send, env, insecureHttp, signal }: SessionOptions) {
    const { registry, repository } = reference;
    this.#reference = reference;
    this.#origin = origin;
    this.#send = send;
    this.#authorizer = new Authorizer({
      send,
      scope: `repository:${repository}:pull`,
      allowHttp: insecureHttp || (origin.startsWith('http:') && 'loopback'),
      findCredentials: () => findCredentials({ registry, repository, env, signal }),
    });
  }

  /** Gives an answer with status 200 or 206; throws for every other. */
  async get(get: Get): Promise<HttpResponse> {
    const refused = await this.#explain(get, this.#authorizer.header(get.signal));
    const first = await this.#sendWith(refused, get);
    if (!this.#isChallenge(first)) return this.#accept(first, get);
    await discardBody(first);
    const challenges = first.headers['www-authenticate'];
    const answer = await this.#explain(get, this.#authorizer.answer(challenges, refused, get.signal));
    return this.#accept(await this.#sendWith(answer, get), get);
  }

  /** A challenge of the server that a registry redirects to is none of the registry's: no login is meant for that server. */
  #isChallenge({ status, url }: HttpResponse): boolean {
    return status === 401 && new URL(url).origin === new URL(this.#origin).origin;
  }

  /** Adds to a login that fails what it was for, and what to do. */
  async #explain<T>({ what }: Get, login: Promise<T>): Promise<T> {
    try {
      return await login;
    } catch (error) {
      if (!(error instanceof PlimsollError) || error.code !== 'unauthorized') throw error;
      const message = [`${what}: ${error.message}`, loginAdvice(this.#reference), ...(await this.#notes())].join(' ');
      throw new PlimsollError('unauthorized', message, { cause: error });
    }
  }

  #sendWith(authorization: string | undefined, { path, headers, signal }: Get): Promise<HttpResponse> {
    const url = `${this.#origin}/v2/${this.#reference.repository}/${path}`;
    return this.#send({
      url,
      headers: { ...headers, ...(authorization ? { authorization } : {}) },
      signal,
      resume: false,
    }).catch((error: unknown) => {
      throw error instanceof NetworkError && error.isPlain ? this.#plainError(error) : error;
    });
  }

  #plainError(cause: NetworkError): PlimsollError {
    const { registry } = this.#reference;
    const message = `${registry} answers, but not in https. If it is meant to speak plain http, which anybody on the way can read and change, add --insecure-http; else check the port.`;
    return new PlimsollError('network', message, { cause });
  }

  async #accept(response: HttpResponse, { what }: Get): Promise<HttpResponse> {
    if (response.status === 200 || response.status === 206) return response;
    const { registry } = this.#reference;
    const refused = response.status === 401 || response.status === 403;
    throw await toRegistryError(response, { what, registry, notes: refused ? await this.#notes() : [] });
  }

  async #notes(): Promise<string[]> {
    const found = await this.#authorizer.found();
    if (found === undefined) return [];
    const from = found.from === undefined ? 'No login is stored for it.' : `The login in ${found.from} was used.`;
    return [from, ...found.notes];
  }
}

/** Opens a session: finds out whether the registry speaks https. */
export async function openSession(reference: RegistryReference, options: SessionOptions): Promise<Session> {
  return new Session(reference, await findOrigin(reference, options), options);
}

/**
 * Always https, but for this machine itself and where the user allows plain http: there http is used unless https answers,
 * which a certificate that is not trusted counts as.
 */
async function findOrigin(
  { registry }: RegistryReference,
  { send, insecureHttp, signal }: SessionOptions,
): Promise<string> {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const secure = `https://${host}`;
  if (!insecureHttp && !isLoopbackHost(new URL(secure).hostname)) return secure;
  try {
    await discardBody(await send({ url: `${secure}/v2/`, retries: 0, timeoutMs: probeMs, signal }));
    return secure;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.isCertificate ? secure : `http://${host}`;
  }
}
