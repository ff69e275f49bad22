import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { after, describe, test } from 'node:test';
import { createHttpClient, type HttpClientOptions } from './http-client.ts';
import { discardBody } from './http-types.ts';
import { limitBody, readBody, readWhole } from './read-body.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void;

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** Starts a server; `seen` collects its requests. */
async function serve(handler: Handler): Promise<{ url: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => handler(request, response, seen.push(request)));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

function client(options: Partial<HttpClientOptions> = {}) {
  return createHttpClient({ userAgent: 'test/1', env: {}, timeoutMs: 2000, backoffMs: 1, ...options });
}

async function getText(url: string, options: Partial<HttpClientOptions> = {}): Promise<string> {
  return (await readBody(await client(options).request({ url }), 1e6)).toString();
}

describe('request', () => {
  test('gives status, headers and bytes, and says who it is', async () => {
    const { url, seen } = await serve((_request, response) => response.writeHead(404, { 'x-a': 'b' }).end('none'));
    const response = await client().request({ url: `${url}/p?q=1`, headers: { accept: 'text/x' } });
    assert.deepEqual([response.status, response.headers['x-a'], response.url], [404, 'b', `${url}/p?q=1`]);
    assert.equal((await readBody(response, 10)).toString(), 'none');
    assert.equal(seen[0]?.headers['user-agent'], 'test/1');
    assert.equal(seen[0]?.headers['accept-encoding'], 'identity');
    assert.equal(seen[0]?.headers.accept, 'text/x');
  });

  test('keeps the connection for the next request', async () => {
    const ports = new Set<number | undefined>();
    const { url } = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('x');
    });
    const one = client();
    for (let i = 0; i < 3; i++) await discardBody(await one.request({ url }));
    assert.equal(ports.size, 1);
    one.close();
  });

  test('sends credentials of the address to its own origin only, and never shows them', async () => {
    const other = await serve((_request, response) => response.end('there'));
    const { url, seen } = await serve((request, response) => {
      if (request.url === '/stay') response.writeHead(302, { location: '/again' }).end();
      else response.writeHead(307, { location: `${other.url}/x` }).end();
    });
    const text = await getText(url.replace('//', '//user:p%40ss@').concat('/stay'));
    assert.equal(text, 'there');
    const expected = `Basic ${Buffer.from('user:p@ss').toString('base64')}`;
    assert.deepEqual(
      seen.map(({ headers }) => headers.authorization),
      [expected, expected],
    );
    assert.equal(other.seen[0]?.headers.authorization, undefined);
    await assert.rejects(getText('http://user:secret@127.0.0.1:1/x?sig=secret'), (error: Error) => {
      assert.match(error.message, /127\.0\.0\.1:1\/x\?….*connection refused/);
      assert.doesNotMatch(error.message, /secret|user/);
      return true;
    });
  });

  test('drops a given Authorization where a redirect leaves the origin', async () => {
    const other = await serve((_request, response) => response.end());
    const { url } = await serve((_request, response) => response.writeHead(302, { location: other.url }).end());
    await discardBody(await client().request({ url, headers: { Authorization: 'Bearer t', accept: 'a/b' } }));
    assert.equal(other.seen[0]?.headers.authorization, undefined);
    assert.equal(other.seen[0]?.headers.accept, 'a/b');
  });

  const badRedirects: [string, string, RegExp][] = [
    ['a ring', '/', /redirects more than 10 times/],
    ['a file', 'file:///etc/passwd', /redirects to file:, which is not followed/],
    ['no address', 'http://[', /redirects to an address that cannot be read/],
  ];
  for (const [name, location, message] of badRedirects) {
    test(`follows no redirect to ${name}`, async () => {
      const { url } = await serve((_request, response) => response.writeHead(301, { location }).end());
      await assert.rejects(getText(url), { code: 'bad-answer', message });
    });
  }

  test('does not send a body elsewhere', async () => {
    const { url } = await serve((_request, response) => response.writeHead(307, { location: '/x' }).end());
    const request = client().request({ url, method: 'POST', body: 'refresh_token=t' });
    await assert.rejects(request, { code: 'bad-answer', message: /must not be sent elsewhere/ });
  });

  test('tries again after 429 and 503, as long as it was asked to wait, and says so', async () => {
    const { url, seen } = await serve((_request, response, count) => {
      if (count === 1) response.writeHead(429, { 'retry-after': '1' }).end('slow down');
      else if (count === 2) response.writeHead(503).end();
      else response.end('ok');
    });
    const notes: string[] = [];
    const start = performance.now();
    assert.equal(await getText(url, { onNote: (note) => notes.push(note) }), 'ok');
    assert.ok(performance.now() - start > 950);
    assert.equal(seen.length, 3);
    assert.match(notes[0]!, /answers with status 429\. Trying again in 1\.0 s/);
    assert.match(notes[1]!, /status 503/);
  });

  test('gives the last answer where it stays so, and at once where the wait would be too long', async () => {
    const steady = await serve((_request, response) => response.writeHead(500).end('broken'));
    assert.equal((await client({ retries: 2 }).request({ url: steady.url })).status, 500);
    assert.equal(steady.seen.length, 3);
    const limited = await serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    assert.equal((await client().request({ url: limited.url })).status, 429);
    assert.equal(limited.seen.length, 1);
  });

  test('tries again where the connection breaks', async () => {
    const { url, seen } = await serve((request, response, count) =>
      count < 3 ? request.socket.destroy() : response.end('ok'),
    );
    assert.equal(await getText(url), 'ok');
    assert.equal(seen.length, 3);
  });

  test('a server that never answers is an error', async () => {
    const { url, seen } = await serve(() => {});
    await assert.rejects(getText(url, { timeoutMs: 100 }), { code: 'network', message: /no answer within 0\.1 s/ });
    assert.equal(seen.length, 2);
  });

  test('a body that stalls or trickles is an error', async () => {
    const stalling = await serve((_request, response) => response.write('x'));
    await assert.rejects(getText(stalling.url, { timeoutMs: 100 }), {
      code: 'network',
      message: /no more bytes within/,
    });
    const trickling = await serve((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    await assert.rejects(getText(trickling.url, { timeoutMs: 150 }), {
      code: 'network',
      message: /no more bytes within/,
    });
  });

  test('the reader may take longer than the time-out', async () => {
    const { url } = await serve((_request, response) => response.end(Buffer.alloc(4_000_000)));
    let bytes = 0;
    for await (const chunk of (await client({ timeoutMs: 100 }).request({ url })).body) {
      if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 300));
      bytes += chunk.length;
    }
    assert.equal(bytes, 4_000_000);
  });

  test('a body shorter than it states is an error', async () => {
    const { url } = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setTimeout(() => request.socket.destroy(), 20);
    });
    await assert.rejects(getText(url), { code: 'network', message: /the connection broke/ });
  });

  test('an answer that is no HTTP is an error, without further tries', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections++;
      socket.end('SSH-2.0-x\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await assert.rejects(getText(`http://127.0.0.1:${port}`), { code: 'network', message: /breaks its protocol/ });
    assert.equal(connections, 1);
    await assert.rejects(getText(`https://127.0.0.1:${port}`), { code: 'network', message: /no TLS is spoken there/ });
    server.close();
  });

  test('stops at the signal while it waits for an answer, a retry or bytes', async () => {
    const hanging = await serve(() => {});
    const busy = await serve((_request, response) => response.writeHead(503, { 'retry-after': '30' }).end());
    const stalling = await serve((_request, response) => response.write('x'));
    for (const { url } of [hanging, busy, stalling]) {
      const signal = AbortSignal.timeout(50);
      const reading = client()
        .request({ url, signal })
        .then((response) => readBody(response, 100));
      await assert.rejects(reading, (error) => error === signal.reason);
    }
  });

  test('refuses what is no address of the web', async () => {
    for (const url of ['', 'x', 'ftp://a/b', 'javascript:1'])
      await assert.rejects(client().request({ url }), { code: 'usage', message: /no http, https or file address/ });
  });

  test('goes through the proxy of the environment, but never to this machine', async () => {
    const proxy = await serve((request, response) => response.end(`proxied ${request.url}`));
    const { url } = await serve((_request, response) => response.end('direct'));
    const env = { http_proxy: proxy.url };
    assert.equal(await getText('http://registry.invalid/x', { env }), 'proxied http://registry.invalid/x');
    const bare = { HTTP_PROXY: proxy.url.slice('http://'.length) };
    assert.equal(await getText('http://registry.invalid/', { env: bare }), 'proxied http://registry.invalid/');
    assert.equal(await getText(url, { env }), 'direct');
    await assert.rejects(getText('http://registry.invalid/x', { env: { ...env, NO_PROXY: '.invalid' } }), {
      code: 'network',
    });
    await assert.rejects(getText('http://registry.invalid/x', { env: { HTTP_PROXY: 'socks5://127.0.0.1:1' } }), {
      code: 'usage',
    });
  });
});

describe('a body that breaks off', () => {
  const whole = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));

  /** Drops the connection after each 30,000 bytes; with `ranges`, gives what a range asks for. */
  const dropping =
    (options: { ranges: boolean; etag?: (count: number) => string }): Handler =>
    (request, response, count) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const start = options.ranges ? from : 0;
      const range = start > 0 ? { 'content-range': `bytes ${start}-${whole.length - 1}/${whole.length}` } : {};
      response.writeHead(start > 0 ? 206 : 200, {
        'content-length': whole.length - start,
        'accept-ranges': 'bytes',
        etag: options.etag?.(count) ?? '"v1"',
        ...range,
      });
      const end = start + (options.ranges ? 30_000 : count * 30_000);
      response.write(whole.subarray(start, end), () => {
        if (end < whole.length) setTimeout(() => request.socket.destroy(), 20);
      });
    };

  test('is taken up again from the byte reached', async () => {
    const { url, seen } = await serve(dropping({ ranges: true }));
    const response = await client().request({ url });
    assert.deepEqual(await readBody(response, 1e6), whole);
    assert.equal(seen.length, 4);
    assert.equal(seen[1]?.headers['if-range'], '"v1"');
  });

  test('is taken up again where the server begins anew', async () => {
    const { url, seen } = await serve(dropping({ ranges: false }));
    assert.deepEqual(await readBody(await client().request({ url }), 1e6), whole);
    assert.equal(seen.length, 4);
  });

  test('is not mixed with another version', async () => {
    const { url } = await serve(dropping({ ranges: false, etag: (count) => `"v${count}"` }));
    await assert.rejects(async () => readBody(await client().request({ url }), 1e6), {
      message: /changed while it was read/,
    });
  });

  test('is given up after some tries without progress', async () => {
    const { url, seen } = await serve((request, response, count) => {
      response.writeHead(count === 1 ? 200 : 206, {
        etag: '"v1"',
        'accept-ranges': 'bytes',
        'content-length': '9',
        'content-range': 'bytes 0-8/9',
      });
      response.write('x', () => setTimeout(() => request.socket.destroy(), 5));
    });
    await assert.rejects(async () => readBody(await client({ retries: 3 }).request({ url }), 100), { code: 'network' });
    assert.equal(seen.length, 4);
  });

  test('that is closed unread closes its connection', async () => {
    let closed: () => void = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { url } = await serve((_request, response) => {
      response.writeHead(200, { etag: '"v1"', 'accept-ranges': 'bytes' }).write('x');
      response.on('close', closed);
    });
    const { body } = await client().request({ url });
    await body[Symbol.asyncIterator]().return?.();
    await isClosed;
  });
});

describe('readBody', () => {
  const endless: Handler = (_request, response) => {
    const more = (): void => {
      while (response.write(Buffer.alloc(65536)));
      response.once('drain', more);
    };
    more();
  };

  test('stops at the limit, stated or not', async () => {
    const stating = await serve((_request, response) =>
      response.writeHead(200, { 'content-length': 2 ** 31 }).flushHeaders(),
    );
    await assert.rejects(async () => readBody(await client().request({ url: stating.url }), 1000), {
      code: 'limit-exceeded',
      message: /2147483648 bytes/,
    });
    const silent = await serve(endless);
    await assert.rejects(async () => readBody(await client().request({ url: silent.url }), 1e6), {
      code: 'limit-exceeded',
      message: /more than 1000000 bytes/,
    });
  });

  test('limitBody passes on what fits', async () => {
    const { url } = await serve((_request, response) => response.end('12345'));
    const chunks: Uint8Array[] = [];
    for await (const chunk of limitBody(await client().request({ url }), 5)) chunks.push(chunk);
    assert.equal(Buffer.concat(chunks).toString(), '12345');
  });

  test('readWhole asks again where the body breaks off', async () => {
    const { url, seen } = await serve((request, response, count) => {
      if (count > 1) return void response.end('whole');
      response
        .writeHead(200, { 'content-length': '5' })
        .write('wh', () => setTimeout(() => request.socket.destroy(), 10));
    });
    assert.equal((await readWhole(() => client().request({ url }), 10)).bytes.toString(), 'whole');
    assert.equal(seen.length, 2);
  });
});
