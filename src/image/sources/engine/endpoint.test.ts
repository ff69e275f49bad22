import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDockerEndpoints } from './docker-endpoints.ts';
import { checkAllowed, formatEndpoint, parseEndpoint } from './endpoint.ts';
import { isVersionAtLeast } from './engine.ts';
import { findPodmanEndpoints } from './podman-endpoints.ts';

for (const [text, formatted] of [
  ['unix:///run/a b.sock', 'unix:///run/a b.sock'],
  ['tcp://127.0.0.1:2375', 'tcp://127.0.0.1:2375'],
  ['tcp://localhost', 'tcp://localhost:2375'],
  ['http://[::1]:80', 'tcp://[::1]'],
] as const)
  test(`${text} is an endpoint`, () => assert.equal(formatEndpoint(parseEndpoint(text, 'DOCKER_HOST')), formatted));

for (const [text, message] of [
  ['ssh://user@host', /DOCKER_HOST names "ssh:\/\/user@host"\. Engines are not asked over ssh\. .*ssh -nNT -L/],
  ['ssh://user:secret@host', /names "ssh:\/\/host"/],
  ['https://host', /over TLS/],
  ['npipe:////./pipe/docker_engine', /Correct or unset it/],
  ['unix://relative', /Correct or unset it/],
  ['tcp://', /Correct or unset it/],
  ['tcp://a b', /Correct or unset it/],
  ['/var/run/docker.sock', /Correct or unset it/],
] as const)
  test(`${text} is refused`, () => {
    assert.throws(() => parseEndpoint(text, 'DOCKER_HOST'), { code: 'usage', message });
  });

test('another machine is asked only where plain http is allowed, and never offline', () => {
  const remote = parseEndpoint('tcp://192.0.2.1:2375', 'DOCKER_HOST');
  assert.throws(() => checkAllowed(remote, {}), /another machine: plain http .*--insecure-http/);
  checkAllowed(remote, { insecureHttp: true });
  assert.throws(() => checkAllowed(remote, { insecureHttp: true, offline: true }), /--offline touches no network/);
  for (const here of ['unix:///a', 'tcp://127.0.0.1:1', 'tcp://localhost:1'])
    checkAllowed(parseEndpoint(here, 'DOCKER_HOST'), { offline: true });
});

test('the usual places, and what overrides them', async () => {
  const env = { HOME: '/nowhere', XDG_RUNTIME_DIR: '/run/user/7' };
  const show = async (found: Promise<readonly Parameters<typeof formatEndpoint>[0][]>) =>
    (await found).map(formatEndpoint);
  assert.deepEqual(await show(findDockerEndpoints(env)), [
    'unix:///var/run/docker.sock',
    'unix:///run/user/7/docker.sock',
  ]);
  assert.deepEqual(await show(findPodmanEndpoints(env)), [
    'unix:///run/user/7/podman/podman.sock',
    'unix:///run/podman/podman.sock',
  ]);
  assert.deepEqual(await show(findDockerEndpoints({ ...env, DOCKER_HOST: 'unix:///d' })), ['unix:///d']);
  assert.deepEqual(await show(findPodmanEndpoints({ ...env, CONTAINER_HOST: 'unix:///p' })), ['unix:///p']);
  await assert.rejects(
    findDockerEndpoints({ ...env, DOCKER_HOST: 'tcp://127.0.0.1:2376', DOCKER_TLS_VERIFY: '1' }),
    /TLS/,
  );
});

test('versions of the interface compare by number', () => {
  assert.ok(isVersionAtLeast('1.52', '1.48'));
  assert.ok(isVersionAtLeast('2.0', '1.48'));
  assert.ok(!isVersionAtLeast('1.9', '1.41'));
});
