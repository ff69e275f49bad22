import { PlimsollError } from '../../base/errors.ts';
import type { SendRequest } from '../../base/net/http-types.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import { type Credentials, toBasicHeader } from './credentials.ts';
import type { FoundCredentials } from './docker-config.ts';
import { fetchToken } from './token.ts';

/** What an authorizer needs. */
export interface AuthorizerOptions {
  readonly send: SendRequest;
  /** `repository:NAME:pull`. */
  readonly scope: string;
  readonly allowHttp: boolean | 'loopback';
  /** Asked once, when the registry wants a login. */
  findCredentials(): Promise<FoundCredentials>;
}

interface Authorization {
  readonly header: string;
  readonly expiresAtMs: number;
}

/**
 * Answers a registry's challenges for one repository. Nothing is sent that was not asked for: the first request goes without a
 * login, and what it is answered with is kept for those that follow.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  #challenge: Challenge | undefined;
  #known: Authorization | undefined;
  #pending: Promise<Authorization> | undefined;
  #found: Promise<FoundCredentials> | undefined;

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** The header to send; undefined while the registry has not asked. An expired token is replaced first. */
  async header(signal?: AbortSignal): Promise<string | undefined> {
    const known = this.#known;
    if (known === undefined) return undefined;
    return known.expiresAtMs > performance.now() ? known.header : this.#renew(known.header, signal);
  }

  /**
   * The header to try after a 401. Requests that were refused at the same time share one answer.
   * @param refused What was sent, if anything.
   */
  async answer(challenges: string | undefined, refused: string | undefined, signal?: AbortSignal): Promise<string> {
    const offered = parseChallenges(challenges);
    this.#challenge =
      offered.find(({ scheme }) => scheme === 'bearer') ??
      offered.find(({ scheme }) => scheme === 'basic') ??
      this.#challenge;
    return this.#renew(refused, signal);
  }

  /** What was found in the user's files, if they were asked. */
  async found(): Promise<FoundCredentials | undefined> {
    return this.#found;
  }

  async #renew(refused: string | undefined, signal: AbortSignal | undefined): Promise<string> {
    if (this.#pending === undefined && this.#known !== undefined && this.#known.header !== refused)
      return this.#known.header;
    this.#pending ??= this.#authorize(signal).finally(() => {
      this.#pending = undefined;
    });
    this.#known = await this.#pending;
    return this.#known.header;
  }

  async #authorize(signal: AbortSignal | undefined): Promise<Authorization> {
    const challenge = this.#challenge;
    if (challenge === undefined)
      throw new PlimsollError('unauthorized', 'The registry wants a login of a kind that is not known here.');
    this.#found ??= this.#options.findCredentials();
    const { credentials } = await this.#found;
    if (credentials?.kind === 'registry-token') return forever(`Bearer ${credentials.token}`);
    if (challenge.scheme === 'basic') return forever(basicHeader(credentials));
    const { send, scope, allowHttp } = this.#options;
    const { token, expiresAtMs } = await fetchToken(send, { challenge, scope, credentials, allowHttp, signal });
    return { header: `Bearer ${token}`, expiresAtMs };
  }
}

function basicHeader(credentials: Credentials | undefined): string {
  if (credentials?.kind === 'password') return toBasicHeader(credentials.username, credentials.password);
  throw new PlimsollError('unauthorized', 'The registry wants a user name and password, and none are stored for it.');
}

function forever(header: string): Authorization {
  return { header, expiresAtMs: Number.POSITIVE_INFINITY };
}
