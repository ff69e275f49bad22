import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import { PlimsollError } from '../errors.ts';
import { isLoopbackHost } from './loopback.ts';

/** Connections that are kept open between requests. */
export interface Agents {
  of(url: URL): HttpAgent;
  /** Closes them all. */
  close(): void;
}

/**
 * @param env Its HTTP_PROXY, HTTPS_PROXY and NO_PROXY are heeded, in either case; this machine itself is never asked for
 * through a proxy, since that would reach the proxy's own machine.
 * @param ca Certificates in PEM, trusted beside the default ones.
 */
export function createAgents(env: NodeJS.ProcessEnv, ca: string | undefined): Agents {
  const agents = new Map<string, HttpAgent>();
  return {
    of(url) {
      const direct = isLoopbackHost(url.hostname);
      const key = `${url.protocol} ${direct}`;
      const agent = agents.get(key) ?? createAgent(url.protocol, direct ? {} : proxyVariables(env), ca);
      agents.set(key, agent);
      return agent;
    },
    close() {
      for (const agent of agents.values()) agent.destroy();
      agents.clear();
    },
  };
}

function createAgent(protocol: string, proxyEnv: NodeJS.ProcessEnv, ca: string | undefined): HttpAgent {
  const options = { keepAlive: true, proxyEnv };
  if (protocol === 'http:') return new HttpAgent(options);
  return new HttpsAgent(ca === undefined ? options : { ...options, ca: [...getCACertificates('default'), ca] });
}

function proxyVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const variables: NodeJS.ProcessEnv = {};
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'])
    if (env[name]) variables[name] = toProxyAddress(name, env[name]);
  for (const name of ['no_proxy', 'NO_PROXY']) if (env[name]) variables[name] = env[name];
  return variables;
}

/** Node would pass over an address without scheme, or of a SOCKS proxy, and go straight to the network. */
function toProxyAddress(name: string, text: string): string {
  const address = text.includes('://') ? text : `http://${text}`;
  const protocol = URL.parse(address)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return address;
  throw new PlimsollError('usage', `${name} is no http or https address of a proxy. Correct or unset it.`);
}
