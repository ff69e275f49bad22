import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback web server of files in memory, with entity tags. */
export interface FeedServer extends AsyncDisposable {
  readonly url: string;
  /** Path without leading slash to contents; may be changed at any time. */
  readonly files: Map<string, string | Uint8Array>;
  /** Paths asked for since this was last emptied, with the status of the answer: `200 osv/npm/all.zip`. */
  readonly log: string[];
}

/** Starts a server on a free port. */
export async function startFeedServer(files: Record<string, string | Uint8Array> = {}): Promise<FeedServer> {
  const held = new Map(Object.entries(files));
  const log: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    const found = held.get(path);
    const bytes = Buffer.from(found ?? '');
    const etag = `"${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}"`;
    const status = found === undefined ? 404 : request.headers['if-none-match'] === etag ? 304 : 200;
    log.push(`${status} ${path}`);
    response.writeHead(status, { etag, ...(status === 200 ? { 'content-length': bytes.length } : {}) });
    response.end(status === 200 ? bytes : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Node's runner calls no `after` where a name pattern leaves no test.
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    files: held,
    log,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
