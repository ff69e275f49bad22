import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpResponse } from './http-types.ts';
import { NetworkError } from './network-error.ts';

/** Longest wait that a server may ask for; past it the answer is handed on as it is. */
export const maxRetryAfterMs = 60_000;

/** Statuses that may be other the next time. https://www.rfc-editor.org/rfc/rfc9110#name-status-codes */
const passingStatuses: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** How often and how fast to try again. */
export interface RetryPolicy {
  /** Tries after the first. */
  readonly retries: number;
  /** Wait before the first of them; doubled for each further one. */
  readonly backoffMs: number;
}

/**
 * How long to wait before a request is sent again; undefined where it should not be.
 * @param attempt 0 for the first.
 */
export function waitBeforeRetry(
  outcome: HttpResponse | NetworkError,
  attempt: number,
  policy: RetryPolicy,
  now = Date.now(),
): number | undefined {
  if (attempt >= retriesFor(outcome, policy.retries)) return undefined;
  const asked = outcome instanceof NetworkError ? undefined : retryAfterMs(outcome.headers['retry-after'], now);
  if (asked === undefined) return backoff(attempt, policy.backoffMs);
  return asked <= maxRetryAfterMs ? asked : undefined;
}

/** A `Retry-After` header, in seconds or as a date, as milliseconds from now; undefined where it is neither. */
export function retryAfterMs(text: string | undefined, now = Date.now()): number | undefined {
  const trimmed = text?.trim() ?? '';
  if (/^\d{1,9}$/.test(trimmed)) return Number(trimmed) * 1000;
  // An HTTP date is always in GMT: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
  const date = trimmed.length < 64 && trimmed.endsWith('GMT') ? Date.parse(trimmed) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Exponential, of which a random half is taken off, so that clients that failed together do not come back together. */
export function backoff(attempt: number, backoffMs: number): number {
  return Math.min(backoffMs * 2 ** attempt, 20_000) * (0.5 + Math.random() / 2);
}

/** Waits, or fails with the signal's reason. */
export async function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(ms, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function retriesFor(outcome: HttpResponse | NetworkError, retries: number): number {
  if (!(outcome instanceof NetworkError)) return passingStatuses.has(outcome.status) ? retries : 0;
  return outcome.retry === 'never' ? 0 : outcome.retry === 'once' ? Math.min(1, retries) : retries;
}
