import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HttpRequest, HttpResponse } from '../../base/net/http-types.ts';
import { NetworkError, toNetworkError } from '../../base/net/network-error.ts';
import { parseRegistryReference } from './reference.ts';
import { openSession } from './session.ts';

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

type Answer = { status: number; headers?: Record<string, string>; body?: string };

/** Sends nowhere: `answer` is what comes back, or is thrown. */
function sender(answer: (url: URL, request: HttpRequest) => Answer | Error) {
  const seen: HttpRequest[] = [];
  const send = async (request: HttpRequest): Promise<HttpResponse> => {
    seen.push(request);
    const given = answer(new URL(request.url), request);
    if (given instanceof Error) throw given;
    return { status: given.status, headers: given.headers ?? {}, url: request.url, body: bytesOf(given.body ?? '') };
  };
  return { seen, send };
}

const get = { path: 'manifests/1', what: 'it' };
const options = { env: { HOME: '/nonexistent' }, insecureHttp: false };
const fault = (code: string) => toNetworkError('https://x/', Object.assign(new Error(code), { code }));

test('a registry that speaks plain http is told in words, with the flag that allows it', async () => {
  const text =
    'write EPROTO 40:error:0A00010B:SSL routines:tls_validate_record_header:wrong version number:../ssl.c:77:';
  const plain = toNetworkError('https://registry.example:5000/', Object.assign(new Error(text), { code: 'EPROTO' }));
  const { send } = sender(() => plain);
  const session = await openSession(parseRegistryReference('registry.example:5000/app'), { ...options, send });
  await assert.rejects(session.get(get), (error) => {
    assert.ok(error instanceof Error);
    assert.match(error.message, /registry\.example:5000 answers, but not in https\. .*--insecure-http/);
    assert.doesNotMatch(error.message, /SSL|EPROTO/);
    return true;
  });
  const alert = 'write EPROTO 40:error:0A000410:SSL routines:ssl3_read_bytes:alert handshake failure:../ssl.c:1:';
  const refused = toNetworkError('https://x/', Object.assign(new Error(alert), { code: 'EPROTO' }));
  assert.match(refused.message, /no TLS connection comes about \(alert handshake failure\)\. /);
});

describe('where a registry is asked', () => {
  const cases: [name: string, reference: string, insecureHttp: boolean, probe: Answer | Error, asked: string[]][] = [
    ['another machine', 'registry.example/a', false, { status: 200 }, ['https://registry.example/v2/a/manifests/1']],
    ['Docker Hub', 'debian', false, { status: 200 }, ['https://registry-1.docker.io/v2/library/debian/manifests/1']],
    [
      'this machine, https',
      'localhost:5000/a',
      false,
      { status: 401 },
      ['https://localhost:5000/v2/', 'https://localhost:5000/v2/a/manifests/1'],
    ],
    [
      'this machine, no https',
      '127.0.0.1:5000/a',
      false,
      fault('EPROTO'),
      ['https://127.0.0.1:5000/v2/', 'http://127.0.0.1:5000/v2/a/manifests/1'],
    ],
    [
      'this machine, IPv6',
      '[::1]:5000/a',
      false,
      fault('ECONNRESET'),
      ['https://[::1]:5000/v2/', 'http://[::1]:5000/v2/a/manifests/1'],
    ],
    [
      'this machine, a certificate of its own',
      'localhost:443/a',
      false,
      fault('DEPTH_ZERO_SELF_SIGNED_CERT'),
      ['https://localhost:443/v2/', 'https://localhost:443/v2/a/manifests/1'],
    ],
    [
      'another machine, http allowed',
      'registry.example:80/a',
      true,
      fault('EPROTO'),
      ['https://registry.example:80/v2/', 'http://registry.example:80/v2/a/manifests/1'],
    ],
    [
      'a name that only looks like this machine',
      'localhost.example/a',
      false,
      { status: 200 },
      ['https://localhost.example/v2/a/manifests/1'],
    ],
    [
      'an address that only looks like this machine',
      '128.0.0.1/a',
      false,
      { status: 200 },
      ['https://128.0.0.1/v2/a/manifests/1'],
    ],
  ];
  for (const [name, reference, insecureHttp, probe, asked] of cases) {
    test(name, async () => {
      const { seen, send } = sender((url) => (url.pathname === '/v2/' ? probe : { status: 200 }));
      const session = await openSession(parseRegistryReference(reference), { ...options, insecureHttp, send });
      await session.get(get);
      assert.deepEqual(
        seen.map(({ url }) => url),
        asked,
      );
    });
  }

  test('plain http to another machine is never tried unasked', async () => {
    const { seen, send } = sender(() => fault('ECONNREFUSED'));
    const session = await openSession(parseRegistryReference('registry.example/a'), { ...options, send });
    await assert.rejects(session.get(get), NetworkError);
    assert.equal(seen.length, 1);
  });
});

describe('where a token is asked for', () => {
  const challenge = (realm: string) => ({
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${realm}",service="s"` },
  });
  const open = async (reference: string, realm: string) => {
    const { seen, send } = sender((url, { headers }) => {
      if (url.pathname === '/token') return { status: 200, body: '{"token":"t"}' };
      if (url.pathname === '/v2/') return fault('EPROTO');
      return headers?.authorization === 'Bearer t' ? { status: 200 } : challenge(realm);
    });
    const session = await openSession(parseRegistryReference(reference), { ...options, send });
    await session.get(get);
    return seen.map(({ url }) => url).filter((url) => url.includes('/token'));
  };

  test('over https; over http only where the registry itself is', async () => {
    assert.deepEqual(await open('registry.example/a', 'https://auth.example/token?x=1'), [
      'https://auth.example/token?x=1&service=s&scope=repository%3Aa%3Apull',
    ]);
    assert.equal((await open('localhost:5000/a', 'http://localhost:5001/token')).length, 1);
    for (const realm of ['http://auth.example/token', '/token', '', 'file:///token', 'https://'])
      await assert.rejects(open('registry.example/a', realm), {
        code: 'bad-answer',
        message: /must be an https address/,
      });
  });

  const answers: [name: string, answer: Answer, expected: { code: string; message: RegExp }][] = [
    ['nothing', { status: 200 }, { code: 'bad-answer', message: /no JSON/ }],
    ['null', { status: 200, body: 'null' }, { code: 'bad-answer', message: /without a token/ }],
    [
      'a token that would break the header',
      { status: 200, body: '{"token":"a\\r\\nX-Y: z"}' },
      { code: 'bad-answer', message: /without a token/ },
    ],
    [
      'a token that is no text',
      { status: 200, body: '{"token":{"a":1}}' },
      { code: 'bad-answer', message: /without a token/ },
    ],
    ['a token without end', { status: 200, body: ' '.repeat(300_000) }, { code: 'limit-exceeded', message: /at most/ }],
    ['an error of its own', { status: 500 }, { code: 'network', message: /status 500/ }],
    ['that it is not there', { status: 404 }, { code: 'bad-answer', message: /status 404/ }],
    [
      'a refusal',
      { status: 403 },
      {
        code: 'unauthorized',
        message:
          /^it: The token server https:\/\/auth\.example\/token refuses access without login.*docker login registry\.example/,
      },
    ],
  ];
  for (const [name, answer, expected] of answers) {
    test(`a token server that answers with ${name}`, async () => {
      const { send } = sender((url) =>
        url.host === 'auth.example' ? answer : challenge('https://auth.example/token'),
      );
      const session = await openSession(parseRegistryReference('registry.example/a'), { ...options, send });
      await assert.rejects(session.get(get), expected);
    });
  }
});
