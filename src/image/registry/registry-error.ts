import { type ErrorCode, PlimsollError } from '../../base/errors.ts';
import type { HttpResponse } from '../../base/net/http-types.ts';
import { readBody } from '../../base/net/read-body.ts';
import { retryAfterMs } from '../../base/net/retry.ts';

const maxErrorBytes = 64 * 1024;

/** What a registry refused. */
export interface Refusal {
  /** `registry.example/app:1`, or a layer of it. */
  readonly what: string;
  /** As `docker login` wants it. */
  readonly registry: string;
  /** Sentences about the login that was or was not found. */
  readonly notes: readonly string[];
}

/** Reads an answer that is no success and says what it means. */
export async function toRegistryError(response: HttpResponse, refusal: Refusal): Promise<PlimsollError> {
  const said = await readErrors(response);
  const { code, advice } = adviceFor(response, refusal);
  return new PlimsollError(
    code,
    [`${refusal.what}: the registry answers with status ${response.status}${said}.`, advice, ...refusal.notes].join(
      ' ',
    ),
  );
}

/** An answer that no registry gives, such as the page of a proxy that wants a login; else undefined. */
export function notFromRegistry({ headers }: HttpResponse, what: string): PlimsollError | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity')
    return new PlimsollError(
      'bad-answer',
      `${what}: the answer is compressed (${encoding.slice(0, 40)}), which was not asked for. Does a proxy change what the registry sends?`,
    );
  if (!/^\s*text\/html\b/i.test(headers['content-type'] ?? '')) return undefined;
  return new PlimsollError(
    'bad-answer',
    `${what}: the answer is an HTML page. Is there a registry at this address, or does a proxy want a login first?`,
  );
}

/** What to do about a login that a registry does not take. */
export function loginAdvice({ registry }: Pick<Refusal, 'registry'>): string {
  const host = registry === 'docker.io' ? '' : ` ${registry}`;
  return `If the image exists, log in with \`docker login${host}\` (or podman, skopeo), or check that the login may read it.`;
}

function adviceFor({ status, headers }: HttpResponse, refusal: Refusal): { code: ErrorCode; advice: string } {
  if (status === 401 || status === 403) return { code: 'unauthorized', advice: loginAdvice(refusal) };
  if (status === 404 || status === 410) return { code: 'not-found', advice: 'Check name, tag and digest.' };
  if (status === 429) {
    const ms = retryAfterMs(headers['retry-after']);
    const when = ms === undefined ? 'later' : `in ${Math.ceil(ms / 1000)} s`;
    return {
      code: 'network',
      advice: `It limits how often it is asked. Try again ${when}, or log in: that often raises the limit.`,
    };
  }
  if (status >= 500 || status === 408) return { code: 'network', advice: 'Try again later.' };
  return { code: 'bad-answer', advice: 'Check that there is a registry at this address.' };
}

/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes */
async function readErrors(response: HttpResponse): Promise<string> {
  try {
    const { errors } = JSON.parse((await readBody(response, maxErrorBytes)).toString('utf8')) as { errors?: unknown };
    const said = (Array.isArray(errors) ? errors : [])
      .slice(0, 3)
      .map(toText)
      .filter((text) => text !== '');
    return said.length === 0 ? '' : ` (${said.join('; ')})`;
  } catch {
    return '';
  }
}

function toText(error: unknown): string {
  const { code, message } = (error ?? {}) as Record<string, unknown>;
  const parts = [code, message].filter((part) => typeof part === 'string' && part !== '');
  return parts
    .join(': ')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, 300);
}
