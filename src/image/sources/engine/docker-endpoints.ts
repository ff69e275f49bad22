import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PlimsollError } from '../../../base/errors.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';
import { readJsonFile } from './json-file.ts';

/**
 * Where `docker` would ask: `DOCKER_HOST`, else the context of `DOCKER_CONTEXT` or of its settings, else the usual sockets, of
 * which the first that answers is meant. Throws `usage` for settings that cannot be followed.
 * https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function findDockerEndpoints(env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  if (env.DOCKER_HOST) return [withoutTls(parseEndpoint(env.DOCKER_HOST, 'DOCKER_HOST'), env)];
  const folder = env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker');
  const context = env.DOCKER_CONTEXT || (await currentContext(folder));
  if (context !== undefined && context !== 'default') return [await readContext(folder, context)];
  return [
    { kind: 'unix', path: '/var/run/docker.sock' },
    ...(env.XDG_RUNTIME_DIR ? [{ kind: 'unix', path: join(env.XDG_RUNTIME_DIR, 'docker.sock') } as const] : []),
  ];
}

function withoutTls(endpoint: Endpoint, env: NodeJS.ProcessEnv): Endpoint {
  if (endpoint.kind === 'tcp' && (env.DOCKER_TLS_VERIFY || env.DOCKER_TLS)) throw wantsTls('DOCKER_HOST');
  return endpoint;
}

async function currentContext(folder: string): Promise<string | undefined> {
  const name = (await readJsonFile(join(folder, 'config.json')))?.currentContext;
  return typeof name === 'string' && name !== '' ? name : undefined;
}

/** A context's folder is named by the digest of its name, so that any name is safe. */
async function readContext(folder: string, name: string): Promise<Endpoint> {
  const id = createHash('sha256').update(name).digest('hex');
  const path = join(folder, 'contexts', 'meta', id, 'meta.json');
  const from = `The docker context ${JSON.stringify(name.slice(0, 100))}`;
  const { Endpoints: endpoints } = ((await readJsonFile(path)) ?? {}) as {
    Endpoints?: { docker?: { Host?: unknown } };
  };
  const host = endpoints?.docker?.Host;
  if (typeof host !== 'string' || host === '')
    throw new PlimsollError(
      'usage',
      `${from} is used, and ${path} names no engine. Choose another with \`docker context use\`, or set DOCKER_HOST.`,
    );
  const endpoint = parseEndpoint(host, from);
  if (endpoint.kind === 'tcp' && existsSync(join(folder, 'contexts', 'tls', id))) throw wantsTls(from);
  return endpoint;
}

function wantsTls(from: string): PlimsollError {
  return new PlimsollError(
    'usage',
    `${from} names an engine behind TLS, which is not asked. Bring its socket here, as \`ssh -nNT -L /tmp/docker.sock:/var/run/docker.sock HOST\` does, and set DOCKER_HOST=unix:///tmp/docker.sock.`,
  );
}
