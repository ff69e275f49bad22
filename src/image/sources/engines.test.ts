// docker: and podman: against a daemon that answers from memory; test/engines/real-podman.test.ts asks a real one.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  type Intercept,
  savedByContainerd,
  savedByDocker24,
  savedByDocker25,
  startFakeDocker,
} from '../../../test/engines/fake-docker.ts';
import { buildImage, buildTar, digestOf, file, json, writeOciDir } from '../../../test/images/build-image.ts';
import { contentOf, contractImage, contractPaths } from '../../../test/images/opened-image.ts';
import { tarHeader } from '../../base/bytes/tar/writer.ts';
import { PlimsollError } from '../../base/errors.ts';
import { defaultLimits } from '../../base/limits.ts';
import { openDockerImage } from './docker.ts';
import { openImage } from './index.ts';
import type { OpenOptions } from './source.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-engines-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const image = contractImage();
const layout = `oci-dir:${writeOciDir(image, join(folder, 'oci'))}`;
const forms = { 'Docker 24': savedByDocker24, 'Docker 25': savedByDocker25, 'containerd store': savedByContainerd };

function optionsFor(socket: string, more: Partial<OpenOptions> = {}): OpenOptions {
  const nowhere = `unix://${join(folder, 'nowhere.sock')}`;
  return { limits: defaultLimits, env: { DOCKER_HOST: `unix://${socket}`, CONTAINER_HOST: nowhere }, ...more };
}

for (const [title, form] of Object.entries(forms)) {
  test(`what ${title} saves opens to the same image, by name and by id`, async () => {
    await using expected = await openImage(layout, { limits: defaultLimits });
    const { id } = form(image);
    for (const name of ['app:latest', id, id.slice(7, 19)]) {
      await using daemon = await startFakeDocker(form(image));
      await using opened = await openImage(`docker:${name}`, optionsFor(daemon.socket));
      assert.deepEqual(await contentOf(opened), await contentOf(expected));
      assert.equal(opened.digest, title === 'containerd store' ? digestOf(image.manifest) : undefined);
      assert.ok(daemon.seen.every((path) => path === '/_ping' || path.startsWith('/v1.48/')));
      // All members are small, so that one answer is enough to open every layer.
      assert.equal(daemon.seen.filter((path) => path.endsWith('/get')).length, title === 'containerd store' ? 1 : 2);
    }
  });

  test(`layers of ${title} pass by once while the image is opened`, async () => {
    await using daemon = await startFakeDocker(form(image));
    const passed: number[] = [];
    const takePassing = async (bytes: AsyncIterable<Uint8Array>) => {
      let size = 0;
      for await (const chunk of bytes) size += chunk.length;
      passed.push(size);
    };
    await using _opened = await openImage('docker:app', optionsFor(daemon.socket, { takePassing }));
    // Only one layer is larger than what is kept.
    assert.deepEqual(passed, title === 'containerd store' ? [] : [image.layers[1]!.tar.length]);
  });

  test(`what ${title} has is remembered without its layers`, async () => {
    await using daemon = await startFakeDocker(form(image));
    const kept = new Map<string, Buffer>();
    let known = true;
    const documents = {
      knows: async () => known,
      get: async (key: string) => kept.get(key),
      put: async (key: string, bytes: Buffer) => void kept.set(key, bytes),
    };
    const options = optionsFor(daemon.socket, { documents });
    await using first = await openImage('docker:app', options);
    const asked = daemon.seen.length;
    await using second = await openImage('docker:app', options);
    assert.deepEqual(
      daemon.seen.slice(asked).map((path) => path.replace(/\?.*/, '')),
      ['/_ping', '/v1.48/images/app/json'],
    );
    assert.deepEqual(await contentOf(second), await contentOf(first));
    known = false;
    await using third = await openImage('docker:app', options);
    assert.match(daemon.seen.at(-1) ?? '', /\/get$/);
    assert.deepEqual(await contentOf(third), await contentOf(first));
    assert.equal(await second.layers[1]!.stamp?.(), await first.layers[1]!.stamp?.());
  });
}

test('--platform is asked of an engine that holds several, and what is not there is listed', async () => {
  await using daemon = await startFakeDocker(savedByContainerd(image));
  const platform = { os: 'linux', architecture: 'amd64' };
  await using opened = await openImage('docker:app', optionsFor(daemon.socket, { platform }));
  assert.equal(opened.digest, digestOf(image.manifest));
  assert.ok(daemon.seen.at(-1)?.endsWith(`/get?platform=${encodeURIComponent(JSON.stringify(platform))}`));
  await using old = await startFakeDocker(savedByDocker24(image));
  await assert.rejects(
    openImage('docker:app', optionsFor(old.socket, { platform: { os: 'linux', architecture: 'arm64' } })),
    /is for linux\/amd64, not linux\/arm64/,
  );
});

test('without a scheme an engine that has the image is taken, and said', async () => {
  await using daemon = await startFakeDocker(savedByDocker24(image));
  const notes: string[] = [];
  const options = optionsFor(daemon.socket, { onNote: (note) => notes.push(note), offline: true });
  await using opened = await openImage('app', options);
  assert.equal(opened.reference, 'docker:app');
  assert.deepEqual((await contentOf(opened)).paths, contractPaths);
  assert.match(notes.join(), /^app is taken from Docker at unix:.*; registry:app would ask its registry\.$/);
  await assert.rejects(openImage('registry.example.invalid/other', options), /--offline touches no network/);
  assert.equal(notes.length, 1);
});

test('without a scheme an engine that has other platforms only is passed over', async () => {
  for (const form of Object.values(forms)) {
    await using daemon = await startFakeDocker(form(image));
    const wanting = (architecture: string) =>
      openImage('app', optionsFor(daemon.socket, { platform: { os: 'linux', architecture }, offline: true }));
    await assert.rejects(wanting('s390x'), /--offline touches no network/);
    await using opened = await wanting('amd64');
    assert.equal(opened.reference, 'docker:app');
  }
});

test('without a scheme an engine that fails is told, and the registry asked', async () => {
  const refuse: Intercept = (_request, response) => respond(response, 500, '{"message":"no disk"}');
  await using daemon = await startFakeDocker(savedByDocker24(image), refuse);
  const notes: string[] = [];
  const options = optionsFor(daemon.socket, { onNote: (note) => notes.push(note), offline: true });
  await assert.rejects(openImage('app', options), /--offline touches no network/);
  assert.match(notes.join(), /status 500 \(no disk\).*The registry is asked instead\.$/);
});

/** Always true, as an interceptor answers. */
function respond(response: ServerResponse, status: number, body: string | Buffer, type = 'application/json'): true {
  response.writeHead(status, { 'Api-Version': '1.52', 'content-type': type }).end(body);
  return true;
}

function onGet(body: Buffer | string, status = 200, type = 'application/x-tar'): Intercept {
  return (request, response) => request.url!.includes('/get') && respond(response, status, body, type);
}

function onInspect(body: Buffer | string, status = 200): Intercept {
  return (request, response) => request.url!.includes('/app/json') && respond(response, status, body);
}

const whole = savedByDocker24(image).save(undefined);
const other = buildImage([{ members: [file('other')] }]);
const faults: readonly (readonly [title: string, intercept: Intercept, code: string, message: RegExp])[] = [
  [
    'another image than was asked for',
    onGet(savedByDocker24(other).save(undefined)),
    'digest-mismatch',
    /does not belong to sha256/,
  ],
  [
    'an archive cut off in a layer',
    onGet(whole.subarray(0, 50_000)),
    'image-unreadable',
    /no whole tar archive: it ends inside a member/,
  ],
  ['an archive without its end', onGet(whole.subarray(0, 512 * 200)), 'image-unreadable', /ends inside|lacks|manifest/],
  ['no archive', onGet('hello '.repeat(200)), 'image-unreadable', /no whole tar archive/],
  ['an HTML page for an archive', onGet('<html>', 200, 'text/html'), 'bad-answer', /HTML page/],
  ['nothing for an archive', onGet(''), 'image-unreadable', /index\.json/],
  [
    'an error after the first bytes',
    onGet(
      Buffer.concat([
        buildTar([file('a', 'b')]).subarray(0, 1024),
        Buffer.from('{"errorDetail":{"message":"no space left"},"error":"no space left"}\r\n'),
      ]),
    ),
    'image-unreadable',
    /the engine gave up \(no space left\)/,
  ],
  ['a refusal to save', onGet('{"message":"no disk"}', 500), 'network', /status 500 \(no disk\).*docker save/],
  ['a proxy that forbids', onGet('{"message":"no"}', 403), 'unauthorized', /forbid/],
  ['a redirect', onGet('', 302), 'bad-answer', /status 302/],
  ['an answer that is no JSON', onInspect('{"Id":'), 'bad-answer', /no JSON/],
  ['an answer without an id', onInspect('{"Id":"../../x"}'), 'bad-answer', /without the image's id/],
  ['an answer that is too large', onInspect(`"${'x'.repeat(9 << 20)}"`), 'limit-exceeded', /at most 8388608/],
  [
    'a name that the engine refuses',
    onInspect('{"message":"invalid reference format"}', 400),
    'bad-answer',
    /invalid reference/,
  ],
  ['a member larger than a layer may be', onGet(hugeMember()), 'limit-exceeded', /bytes where at most/],
  ['an archive of nothing', onGet(buildTar([])), 'image-unreadable', /index\.json/],
  [
    'an archive whose manifest lies',
    onGet(buildTar([file('manifest.json', json([{ Config: '../x', Layers: [] }]))])),
    'image-unreadable',
    /leave the archive/,
  ],
  ['a connection closed in the middle', closeInTheMiddle, 'network', /the connection broke in the middle/],
  ['silence', (request) => request.url!.includes('/json'), 'network', /no answer within 0\.3 s/],
];

function hugeMember(): Buffer {
  return tarHeader({ path: 'layer.tar', size: 100 * 2 ** 30 });
}

function closeInTheMiddle(...[request, response]: Parameters<Intercept>): boolean {
  if (!request.url!.includes('/get')) return false;
  response.write(whole.subarray(0, 4096), () => response.destroy());
  return true;
}

for (const [title, intercept, code, message] of faults)
  test(`refused: ${title}`, async () => {
    await using daemon = await startFakeDocker(savedByDocker24(image), intercept);
    await assert.rejects(openDockerImage('app', optionsFor(daemon.socket), { timeoutMs: 300 }), (error) => {
      assert.ok(error instanceof PlimsollError, String(error));
      assert.equal(error.code, code, error.message);
      assert.match(error.message, message);
      return true;
    });
  });

test('a layer that changes between two answers is refused by its digest', async () => {
  await using daemon = await startFakeDocker(savedByDocker24(image));
  await using opened = await openImage('docker:app', optionsFor(daemon.socket));
  const changed = Buffer.from(whole);
  changed[changed.indexOf('xxxxxxxx') + 1000] = 0;
  daemon.intercept = onGet(changed);
  await assert.rejects(contentOf(opened), { code: 'digest-mismatch' });
  daemon.intercept = onGet(buildTar([file('other', 'x')]));
  await assert.rejects(contentOf(opened), /no longer in what the engine sends/);
});

test('an image that is not there is told with some that are', async () => {
  await using daemon = await startFakeDocker(savedByDocker24(image));
  await assert.rejects(openImage('docker:none:1', optionsFor(daemon.socket)), {
    code: 'not-found',
    message: /has no image none:1\. It has: app:latest\. .*registry:none:1/,
  });
});

for (const [name, message] of [
  ['a/../b', /no name of an image/],
  ['a?b=c', /no name of an image/],
  ['a b', /no name of an image/],
  [`a${'b'.repeat(600)}`, /no name of an image/],
] as const)
  test(`docker:${name.slice(0, 30)} is no name`, async () => {
    await assert.rejects(openImage(`docker:${name}`, optionsFor('/nowhere')), {
      code: 'reference-unreadable',
      message,
    });
  });

test('what is in a registry is not looked for in an engine', async () => {
  await assert.rejects(
    openImage('docker://registry.example/app', optionsFor('/nowhere')),
    /registry:registry\.example/,
  );
  await assert.rejects(openImage('podman://registry.example/app', optionsFor('/nowhere')), {
    code: 'reference-unreadable',
    message: /looks like an image in a registry/,
  });
});

test('where nothing listens, or no engine, that is said with what to do', async () => {
  await assert.rejects(openImage('docker:app', optionsFor(join(folder, 'absent.sock'))), {
    code: 'network',
    message: /absent\.sock: there is no such socket\. Is the daemon running\?/,
  });
  const other = createServer((socket) => socket.end('220 mail.example.org ready\r\n'));
  const path = join(folder, 'mail.sock');
  await new Promise<void>((resolve) => other.listen(path, resolve));
  try {
    await assert.rejects(openImage('docker:app', optionsFor(path)), { code: 'bad-answer', message: /speaks no HTTP/ });
  } finally {
    other.close();
  }
  await using daemon = await startFakeDocker(savedByDocker24(image), (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    return true;
  });
  await assert.rejects(openImage('docker:app', optionsFor(daemon.socket)), {
    code: 'bad-answer',
    message: /no container engine \(status 200, text\/html\)/,
  });
});

test('a socket without permission says so', {
  skip: process.getuid?.() === 0 && 'root may ask any socket',
}, async () => {
  await using daemon = await startFakeDocker(savedByDocker24(image));
  chmodSync(daemon.socket, 0);
  await assert.rejects(openImage('docker:app', optionsFor(daemon.socket)), {
    code: 'unauthorized',
    message: /permission denied on the socket\. Is this user in the group docker\?/,
  });
});

test('the context of the settings names the engine', async () => {
  await using daemon = await startFakeDocker(savedByDocker25(image));
  const config = join(folder, 'docker-config');
  const id = digestOf(Buffer.from('work')).slice(7);
  mkdirSync(join(config, 'contexts', 'meta', id), { recursive: true });
  writeFileSync(join(config, 'config.json'), JSON.stringify({ currentContext: 'work' }));
  const meta = { Name: 'work', Endpoints: { docker: { Host: `unix://${daemon.socket}`, SkipTLSVerify: false } } };
  writeFileSync(join(config, 'contexts', 'meta', id, 'meta.json'), JSON.stringify(meta));
  const options = { limits: defaultLimits, env: { DOCKER_CONFIG: config } };
  await using opened = await openImage('docker:app', options);
  assert.equal(opened.layers.length, 3);
  await assert.rejects(
    openImage('docker:app', { ...options, env: { DOCKER_CONFIG: config, DOCKER_CONTEXT: 'none' } }),
    {
      code: 'usage',
      message: /context "none" is used/,
    },
  );
});
