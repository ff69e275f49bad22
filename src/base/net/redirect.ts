import { PlimsollError } from '../errors.ts';
import type { HttpResponse } from './http-types.ts';
import { redactUrl } from './redact-url.ts';

/** A request on its way, perhaps redirected. */
export interface Hop {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

/** Redirects that are followed in a row. */
export const maxRedirects = 10;

/** Headers that are meant for one origin only. */
const privateHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);

/**
 * Where an answer sends the client next; undefined where it is no redirect. Credentials stay with the origin that they were
 * given for, and https never becomes http. Throws `bad-answer`.
 */
export function nextHop(hop: Hop, { status, headers }: HttpResponse): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  const refuse = (detail: string) =>
    new PlimsollError('bad-answer', `${redactUrl(hop.url)} redirects ${detail}. Check the address and the proxy.`);
  const url = URL.parse(headers.location, hop.url.href);
  if (url === null) throw refuse('to an address that cannot be read');
  if (hop.body !== undefined) throw refuse('a request that must not be sent elsewhere');
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse(`to ${url.protocol}, which is not followed`);
  if (url.protocol === 'http:' && hop.url.protocol === 'https:')
    throw refuse('from https to http, which is not followed');
  url.username = '';
  url.password = '';
  url.hash = '';
  return { ...hop, url, headers: url.origin === hop.url.origin ? hop.headers : withoutPrivate(hop.headers) };
}

function withoutPrivate(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !privateHeaders.has(name.toLowerCase())));
}
