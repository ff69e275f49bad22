import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createHttpClient } from './http-client.ts';
import { readBody } from './read-body.ts';

test('asks a Unix socket for every address, and gives a redirect as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-socket-'));
  const socketPath = join(folder, 'server.sock');
  const server = createServer((request, response) => {
    response.writeHead(301, { location: 'http://elsewhere.invalid/' }).end(`${request.headers.host}${request.url}`);
  });
  server.listen(socketPath);
  await once(server, 'listening');
  const client = createHttpClient({
    userAgent: 'test/1',
    env: { HTTP_PROXY: 'http://127.0.0.1:1' },
    retries: 0,
    socketPath,
  });
  try {
    const answer = await client.request({ url: 'http://engine/path', redirects: false });
    assert.deepEqual([answer.status, (await readBody(answer, 100)).toString()], [301, 'engine/path']);
    await assert.rejects(client.request({ url: 'http://engine/path' }), { code: 'bad-answer' });
  } finally {
    client.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
  await assert.rejects(client.request({ url: 'http://engine/' }), { code: 'network' });
});
