import { join } from 'node:path';
import { type Endpoint, parseEndpoint } from './endpoint.ts';

/**
 * Where `podman --remote` would ask: `CONTAINER_HOST`, else the usual sockets, of which the first that answers is meant. Throws
 * `usage` for an address that cannot be asked. https://docs.podman.io/en/latest/markdown/podman-system-service.1.html
 */
export async function findPodmanEndpoints(env: NodeJS.ProcessEnv): Promise<Endpoint[]> {
  if (env.CONTAINER_HOST) return [parseEndpoint(env.CONTAINER_HOST, 'CONTAINER_HOST')];
  return [
    ...(env.XDG_RUNTIME_DIR
      ? [{ kind: 'unix', path: join(env.XDG_RUNTIME_DIR, 'podman', 'podman.sock') } as const]
      : []),
    { kind: 'unix', path: '/run/podman/podman.sock' },
  ];
}
