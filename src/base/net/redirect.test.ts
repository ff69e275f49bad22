import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextHop } from './redirect.ts';

async function* nothing(): AsyncGenerator<Uint8Array> {}

function redirected(from: string, location: string | undefined, status = 302) {
  const hop = { url: new URL(from), method: 'GET', headers: { authorization: 'x', accept: 'y' } };
  return nextHop(hop, { status, headers: { location }, url: from, body: nothing() });
}

test('where a redirect leads, and whether credentials go along', () => {
  const cases: [from: string, location: string, to: string, kept: boolean][] = [
    ['https://a.example/x', '/y', 'https://a.example/y', true],
    ['https://a.example/x', 'https://a.example:443/y', 'https://a.example/y', true],
    ['https://a.example/x', 'https://a.example:444/y', 'https://a.example:444/y', false],
    ['https://a.example/x', '//b.example/y', 'https://b.example/y', false],
    ['https://a.example/x', 'https://sub.a.example/', 'https://sub.a.example/', false],
    ['http://a.example/x', 'https://a.example/x', 'https://a.example/x', false],
    ['https://a.example/x', 'https://u:p@b.example/#f', 'https://b.example/', false],
  ];
  for (const [from, location, to, kept] of cases) {
    const hop = redirected(from, location);
    assert.equal(hop?.url.href, to);
    assert.deepEqual(Object.keys(hop?.headers ?? {}), kept ? ['authorization', 'accept'] : ['accept'], location);
  }
});

test('what is no redirect', () => {
  assert.equal(redirected('https://a.example/', undefined), undefined);
  assert.equal(redirected('https://a.example/', '/x', 200), undefined);
  assert.equal(redirected('https://a.example/', '/x', 304), undefined);
});

test('https never becomes http', () => {
  assert.throws(() => redirected('https://a.example/', 'http://a.example/'), {
    code: 'bad-answer',
    message: /from https to http/,
  });
});
