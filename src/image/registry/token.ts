import { PlimsollError } from '../../base/errors.ts';
import type { HttpRequest, SendRequest } from '../../base/net/http-types.ts';
import { isLoopbackHost } from '../../base/net/loopback.ts';
import { readWhole } from '../../base/net/read-body.ts';
import { redactUrl } from '../../base/net/redact-url.ts';
import type { Challenge } from './challenge.ts';
import { type Credentials, toBasicHeader } from './credentials.ts';

/** A bearer token. */
export interface Token {
  readonly token: string;
  /** By `performance.now()`, some seconds early. */
  readonly expiresAtMs: number;
}

/** What a token is asked for. */
export interface TokenRequest {
  readonly challenge: Challenge;
  /** Used where the challenge names no scope: `repository:NAME:pull`. */
  readonly scope: string;
  readonly credentials: Credentials | undefined;
  /** The registry speaks plain http, so its token server may. */
  readonly allowHttp: boolean | 'loopback';
  readonly signal?: AbortSignal | undefined;
}

const maxAnswerBytes = 256 * 1024;
/** A token that does not say how long it lasts is good for a minute, says the specification. */
const defaultSeconds = 60;
const marginSeconds = 10;

/**
 * Gets a token from the server that a registry names: with basic authentication, with a refresh token, or without either for
 * public images. Throws `unauthorized` and `bad-answer`.
 * https://distribution.github.io/distribution/spec/auth/token/ and …/auth/oauth/
 */
export async function fetchToken(send: SendRequest, asked: TokenRequest): Promise<Token> {
  const realm = realmOf(asked);
  const request =
    asked.credentials?.kind === 'identity-token' ? refreshRequest(realm, asked) : tokenRequest(realm, asked);
  const { status, bytes } = await readWhole(() => send({ ...request, signal: asked.signal }), maxAnswerBytes);
  const where = `The token server ${redactUrl(realm)}`;
  if (status === 400 || status === 401 || status === 403)
    throw new PlimsollError(
      'unauthorized',
      `${where} refuses ${asked.credentials ? 'the login that is stored' : 'access without login'} (status ${status}).`,
    );
  if (status !== 200)
    throw new PlimsollError(
      status >= 500 ? 'network' : 'bad-answer',
      `${where} answers with status ${status}. Try again later.`,
    );
  return parseToken(bytes, where);
}

function realmOf({ challenge, allowHttp }: TokenRequest): URL {
  const text = challenge.parameters.get('realm') ?? '';
  const realm = URL.parse(text);
  // That this machine's own registry is asked by http does not mean that credentials may go by http anywhere.
  const isAllowed = allowHttp === 'loopback' ? realm !== null && isLoopbackHost(realm.hostname) : allowHttp;
  if (realm !== null && (realm.protocol === 'https:' || (isAllowed && realm.protocol === 'http:'))) return realm;
  throw new PlimsollError(
    'bad-answer',
    `The registry sends its users to ${text === '' ? 'no address' : redactUrl(text)} for a token, which must be an https address. No credentials were sent there.`,
  );
}

function scopesOf({ challenge, scope }: TokenRequest): string[] {
  return (challenge.parameters.get('scope') || scope).split(' ').filter((part) => part !== '');
}

function tokenRequest(realm: URL, asked: TokenRequest): HttpRequest {
  const { credentials } = asked;
  const url = new URL(realm);
  const service = asked.challenge.parameters.get('service');
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of scopesOf(asked)) url.searchParams.append('scope', scope);
  if (credentials?.kind !== 'password') return { url: url.href };
  const { username, password } = credentials;
  url.searchParams.set('account', username);
  return { url: url.href, headers: { authorization: toBasicHeader(username, password) } };
}

function refreshRequest(realm: URL, asked: TokenRequest): HttpRequest {
  const { credentials } = asked;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: 'plimsoll',
    service: asked.challenge.parameters.get('service') ?? '',
    scope: scopesOf(asked).join(' '),
    refresh_token: credentials?.kind === 'identity-token' ? credentials.token : '',
  });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url: realm.href, method: 'POST', headers, body: form.toString() };
}

function parseToken(bytes: Buffer, where: string): Token {
  let answer: unknown;
  try {
    answer = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new PlimsollError('bad-answer', `${where} answers with something that is no JSON. Try again later.`, {
      cause,
    });
  }
  const { token, access_token: accessToken, expires_in: expiresIn } = (answer ?? {}) as Record<string, unknown>;
  const text = token || accessToken;
  if (typeof text !== 'string' || !/^[\x21-\x7e]{1,65536}$/.test(text))
    throw new PlimsollError('bad-answer', `${where} answers without a token. Try again later.`);
  const seconds = typeof expiresIn === 'number' && expiresIn > defaultSeconds ? expiresIn : defaultSeconds;
  return { token: text, expiresAtMs: performance.now() + (seconds - marginSeconds) * 1000 };
}
