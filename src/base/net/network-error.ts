import { PlimsollError, toMessage } from '../errors.ts';
import { redactUrl } from './redact-url.ts';

/** Text of causes for what the other side did, where there is no code of the system. */
export type Stall = 'no answer' | 'no more bytes';

/** A fault of the connection. */
export class NetworkError extends PlimsollError {
  /** Whether another try may go better, and how many of them are worth their time. */
  readonly retry: 'often' | 'once' | 'never';
  /** The other side answered, and its certificate is not trusted. */
  readonly isCertificate: boolean;

  constructor(message: string, retry: NetworkError['retry'], isCertificate: boolean, cause: unknown) {
    super('network', message, { cause });
    this.retry = retry;
    this.isCertificate = isCertificate;
  }

  /** The other side answered, and what it said was no TLS: most often it speaks plain http. */
  get isPlain(): boolean {
    return isPlainAnswer(this.cause);
  }
}

/** A silence that the client ended. */
export class StallError extends Error {
  readonly timeoutMs: number;

  constructor(stall: Stall, timeoutMs: number) {
    super(`${stall} within ${timeoutMs / 1000} s`);
    this.timeoutMs = timeoutMs;
  }
}

const certificateCodes: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** Says in words what went wrong on the way to an address, and what to do about it. */
export function toNetworkError(url: string | URL, cause: unknown): PlimsollError {
  if (cause instanceof PlimsollError) return cause;
  const where = redactUrl(url);
  const code = systemCodeOf(cause);
  if (certificateCodes.has(code)) return certificateError(where, code, cause);
  const { message, retry } = explain(code, cause);
  return new NetworkError(`${where}: ${message}`, retry, false, cause);
}

function certificateError(where: string, code: string, cause: unknown): NetworkError {
  const advice =
    code === 'ERR_TLS_CERT_ALTNAME_INVALID' || code === 'HOSTNAME_MISMATCH'
      ? 'It is for another host: check the address.'
      : 'If it is of an authority of your own, name its file in NODE_EXTRA_CA_CERTS or, for a registry, with --registry-ca.';
  return new NetworkError(
    `${where}: its certificate is not trusted (${toMessage(cause)}). ${advice}`,
    'never',
    true,
    cause,
  );
}

function explain(code: string, cause: unknown): { message: string; retry: NetworkError['retry'] } {
  if (cause instanceof StallError)
    return { message: `${cause.message}. Try again later, or check the network and proxy.`, retry: 'once' };
  switch (code) {
    case 'ENOTFOUND':
      return {
        message: 'the host name is not known. Check it, the network and, behind a proxy, HTTPS_PROXY.',
        retry: 'never',
      };
    case 'EAI_AGAIN':
      return { message: 'the name server does not answer. Check the network.', retry: 'once' };
    case 'ECONNREFUSED':
      return { message: 'nothing answers there (connection refused). Check host and port.', retry: 'once' };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { message: 'the host cannot be reached. Check the network and proxy.', retry: 'once' };
    case 'ERR_PROXY_TUNNEL':
      return { message: `the proxy refused (${toMessage(cause)}). Check HTTPS_PROXY and NO_PROXY.`, retry: 'never' };
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return {
        message: isPlainAnswer(cause)
          ? 'no TLS is spoken there. Check the port, or that it is https.'
          : `no TLS connection comes about${tlsReasonOf(cause)}. Check the port, or that it is https.`,
        retry: 'never',
      };
    default:
      if (code.startsWith('HPE_') || code.startsWith('ERR_INVALID_') || code.startsWith('ERR_SSL_'))
        return { message: `the answer breaks its protocol (${shorten(toMessage(cause))}).`, retry: 'never' };
      return { message: `the connection broke (${shorten(toMessage(cause))}). Try again later.`, retry: 'often' };
  }
}

/** OpenSSL's words for bytes that are no record of TLS. */
function isPlainAnswer(cause: unknown): boolean {
  return /wrong version number|packet length too long|:http request:/i.test(toMessage(cause));
}

/** OpenSSL's reason, out of a line with its own file names and numbers: `…:SSL routines:function:reason:file:line:`. */
function tlsReasonOf(cause: unknown): string {
  const reason = /:SSL routines:[^:]{0,100}:([^:]{1,100}):/.exec(toMessage(cause).slice(0, 1000))?.[1];
  return reason === undefined ? '' : ` (${shorten(reason)})`;
}

/** The first code, such as `ECONNREFUSED`, among an error, its causes and, where several addresses were tried, their errors; else empty. */
export function systemCodeOf(thrown: unknown): string {
  let error = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    const { code } = error as NodeJS.ErrnoException;
    if (typeof code === 'string' && !(error instanceof PlimsollError)) return code;
    error = error instanceof AggregateError ? error.errors[0] : error.cause;
  }
  return '';
}

function shorten(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, 200)
    .trim();
}
