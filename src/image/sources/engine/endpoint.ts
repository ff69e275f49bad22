import { PlimsollError } from '../../../base/errors.ts';
import { isLoopbackHost } from '../../../base/net/loopback.ts';

/** Where a container engine is asked. */
export type Endpoint = (
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly origin: string }
) & {
  /** The setting that names it, for errors; undefined for a usual place. */
  readonly from?: string;
};

/** Which endpoints may be asked. */
export interface EndpointRules {
  /** Allows plain http to another machine. */
  readonly insecureHttp?: boolean | undefined;
  readonly offline?: boolean | undefined;
}

/** Docker's port without TLS. https://docs.docker.com/reference/cli/dockerd/#daemon-socket-option */
const defaultPort = 2375;

/**
 * Reads an address as `DOCKER_HOST` and `CONTAINER_HOST` have it. Throws `usage` for one that cannot be asked.
 * @param from The setting that it is from.
 */
export function parseEndpoint(text: string, from: string): Endpoint {
  const [, scheme = '', rest = ''] = /^([a-z]{1,10}):\/\/(.{1,4096})$/s.exec(text) ?? [];
  if (scheme === 'unix' && /^\/[^\0]+$/.test(rest)) return { kind: 'unix', path: rest, from };
  const url = scheme === 'tcp' || scheme === 'http' ? URL.parse(`http://${rest}`) : null;
  if (url !== null) {
    const hasPort = /:\d+\/?$/.test(rest);
    return { kind: 'tcp', origin: hasPort ? url.origin : `http://${url.hostname}:${defaultPort}`, from };
  }
  throw new PlimsollError('usage', `${from} names ${show(text)}. ${adviceFor(scheme)}`);
}

/** How an endpoint is written. */
export function formatEndpoint(endpoint: Endpoint): string {
  return endpoint.kind === 'unix' ? `unix://${endpoint.path}` : endpoint.origin.replace(/^http:/, 'tcp:');
}

/** Throws `usage` for an endpoint on another machine, unless that was asked for. */
export function checkAllowed(endpoint: Endpoint, { insecureHttp, offline }: EndpointRules): void {
  if (endpoint.kind === 'unix' || isLoopbackHost(new URL(endpoint.origin).hostname)) return;
  const where = `${endpoint.from ?? 'The engine'} names ${formatEndpoint(endpoint)}, which is another machine`;
  if (offline) throw new PlimsollError('usage', `${where}, and --offline touches no network. Leave it out.`);
  if (insecureHttp) return;
  throw new PlimsollError(
    'usage',
    `${where}: plain http could be read and changed on the way. ${sshAdvice} --insecure-http asks it all the same.`,
  );
}

const sshAdvice =
  'Bring its socket here, as `ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST` does, and name unix:///tmp/engine.sock instead.';

function adviceFor(scheme: string): string {
  if (scheme === 'ssh') return `Engines are not asked over ssh. ${sshAdvice}`;
  if (scheme === 'https') return `Engines are not asked over TLS. ${sshAdvice}`;
  return 'An engine is asked at unix:///PATH or tcp://HOST:PORT. Correct or unset it, or save the image and scan that.';
}

/** Without what may be a password, and without control characters. */
function show(text: string): string {
  return `"${text
    .slice(0, 200)
    .replace(/\/\/[^/@]*:[^/@]*@/, '//')
    .replace(/[^\x20-\x7e]/g, '?')}"`;
}
