// A registry on this machine that serves images from memory, and misbehaves as a test asks it to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltImage } from '../images/build-image.ts';

/** Takes a request over; answers false to have it served as usual. `count` is how often this path was asked for, from 1. */
export type Intercept = (request: IncomingMessage, response: ServerResponse, count: number) => boolean;

export interface FakeRegistry extends AsyncDisposable {
  /** `127.0.0.1:PORT`. */
  readonly host: string;
  /** Every request that came, in order. */
  readonly seen: readonly Seen[];
  /** Replaces what happens to the requests that follow. */
  intercept: Intercept;
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
}

/** What a registry serves: blobs and manifests by digest, manifests by tag. */
export interface Contents {
  readonly blobs: ReadonlyMap<string, Buffer>;
  readonly tags: ReadonlyMap<string, Buffer>;
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json';
export const indexType = 'application/vnd.oci.image.index.v1+json';

export function contentsOf(image: BuiltImage, tag = 'latest'): Contents {
  return { blobs: image.blobs, tags: new Map([[tag, image.manifest]]) };
}

/** Serves the contents under any repository name, on a free port. */
export async function startFakeRegistry(contents: Contents, intercept: Intercept = () => false): Promise<FakeRegistry> {
  const seen: Seen[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    seen.push({ method: request.method ?? '', path, headers: request.headers });
    if (!registry.intercept(request, response, count)) serve(contents, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const registry: FakeRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    intercept,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return registry;
}

/** Asks for a bearer token from `realm`, and takes only `token`. */
export function requireToken(realm: string, token: () => string): Intercept {
  return (request, response) => {
    if (!request.url?.startsWith('/v2/') || request.headers.authorization === `Bearer ${token()}`) return false;
    const challenge = `Bearer realm="${realm}",service="fake",scope="repository:app:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    return true;
  };
}

/** Sends bytes for ever, until the other side hangs up; `sent` counts them. */
export function sendForever(response: ServerResponse, sent: { bytes: number } = { bytes: 0 }): void {
  const chunk = Buffer.alloc(65536, ' ');
  const more = (): void => {
    for (let full = false; !full && !response.destroyed; sent.bytes += chunk.length) full = !response.write(chunk);
    response.once('drain', more);
  };
  more();
}

/** Sends bytes, then breaks the connection. */
export function sendAndBreak(response: ServerResponse, bytes: Buffer): void {
  response.write(bytes, () => setTimeout(() => response.destroy(), 20));
}

function serve({ blobs, tags }: Contents, request: IncomingMessage, response: ServerResponse): void {
  const path = request.url ?? '';
  const [, kind, name = ''] = /^\/v2\/.+\/(manifests|blobs)\/([^/]+)$/.exec(path) ?? [];
  const bytes = kind === 'manifests' ? (tags.get(name) ?? blobs.get(name)) : blobs.get(name);
  if (path === '/v2/') response.end('{}');
  else if (bytes === undefined)
    response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN","message":"unknown here"}]}');
  else if (kind === 'manifests') response.writeHead(200, { 'content-type': typeOf(bytes) }).end(bytes);
  else sendRange(bytes, request.headers.range, response);
}

function typeOf(bytes: Buffer): string {
  return bytes.includes('"manifests"') ? indexType : manifestType;
}

function sendRange(bytes: Buffer, range: string | undefined, response: ServerResponse): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  const headers = from > 0 ? { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` } : {};
  response
    .writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length - from, ...headers })
    .end(bytes.subarray(from));
}
