import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { createHttpClient } from './http-client.ts';
import { readBody } from './read-body.ts';

const { request } = createHttpClient({ userAgent: 'test/1', env: {} });
let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
  await writeFile(join(folder, 'a b.txt'), 'hello');
});
after(() => rm(folder, { recursive: true, force: true }));
const address = (name: string) => pathToFileURL(join(folder, name)).href;

test('a file answers like a server, and knows when it has not changed', async () => {
  const response = await request({ url: address('a b.txt') });
  assert.equal(response.status, 200);
  assert.equal(response.headers['content-length'], '5');
  assert.equal((await readBody(response, 5)).toString(), 'hello');
  const { etag = '' } = response.headers;
  assert.equal((await request({ url: address('a b.txt'), headers: { 'if-none-match': etag } })).status, 304);
  await writeFile(join(folder, 'a b.txt'), 'hello!');
  assert.equal((await request({ url: address('a b.txt'), headers: { 'if-none-match': etag } })).status, 200);
});

test('a missing file is 404, and the limit on size holds', async () => {
  assert.equal((await request({ url: address('none') })).status, 404);
  await assert.rejects(async () => readBody(await request({ url: address('a b.txt') }), 3), { code: 'limit-exceeded' });
});

test('directories and other machines are refused', async () => {
  await assert.rejects(request({ url: address('.') }), { code: 'storage', message: /no regular file/ });
  await assert.rejects(request({ url: 'file://other.example/x' }), { code: 'usage' });
});
