import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { buildImage, digestOf, file, json } from '../../../test/images/build-image.ts';
import {
  type Contents,
  contentsOf,
  type FakeRegistry,
  type Intercept,
  indexType,
  manifestType,
  requireToken,
  sendAndBreak,
  sendForever,
  startFakeRegistry,
} from '../../../test/registry/fake-registry.ts';
import { verifyBytes } from '../../base/bytes/verify.ts';
import { defaultLimits } from '../../base/limits.ts';
import type { Image, Layer } from '../../base/model/image.ts';
import { openRegistryImage } from './registry.ts';
import type { OpenOptions } from './source.ts';

const noise = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * index) % 251));
const image = buildImage([
  { members: [file('etc/a', 'first')] },
  { members: [file('data', noise)], compression: 'none' },
]);
const big = image.layers[1]!;
const contents = contentsOf(image);

let home = '';
before(async () => {
  home = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
});
after(() => rm(home, { recursive: true, force: true }));

type Options = Partial<OpenOptions> & { timeoutMs?: number; reference?: string };

async function open(
  { host }: FakeRegistry,
  { timeoutMs = 3000, reference = 'app', ...options }: Options = {},
): Promise<Image> {
  const env = { HOME: home };
  return openRegistryImage(
    `${host}/${reference}`,
    { limits: defaultLimits, env, ...options },
    { timeoutMs, backoffMs: 1 },
  );
}

async function read(layer: Layer | undefined): Promise<Buffer> {
  assert.ok(layer?.descriptor);
  return Buffer.concat(await Array.fromAsync(verifyBytes(layer.open(), layer.descriptor, 'it')));
}

/** Intercepts one path, or all that contain a text. */
const at =
  (text: string, intercept: Intercept): Intercept =>
  (request, response, count) =>
    request.url?.includes(text) === true && intercept(request, response, count);

async function refuses(
  intercept: Intercept,
  expected: { code: string; message: RegExp },
  options: Options = {},
): Promise<FakeRegistry> {
  await using registry = await startFakeRegistry(contents, intercept);
  await assert.rejects(open(registry, options), expected);
  return registry;
}

describe('an image in a registry', () => {
  test('by tag: its names, configuration and layers', async () => {
    await using registry = await startFakeRegistry(contents);
    await using opened = await open(registry);
    assert.equal(opened.reference, `registry:${registry.host}/app`);
    assert.equal(opened.digest, digestOf(image.manifest));
    assert.equal(opened.configDigest, digestOf(image.config));
    assert.deepEqual(opened.platform, { os: 'linux', architecture: 'amd64' });
    assert.deepEqual(opened.problems, []);
    assert.deepEqual(
      opened.layers.map(({ index, diffId, createdBy, local }) => ({ index, diffId, createdBy, local })),
      image.layers.map(({ diffId }, index) => ({ index, diffId, createdBy: `step ${index + 1}`, local: false })),
    );
    for (const [index, layer] of opened.layers.entries()) {
      assert.deepEqual(await read(layer), image.layers[index]?.blob);
      assert.deepEqual(await read(layer), image.layers[index]?.blob);
    }
  });

  test('by digest, and by tag and digest', async () => {
    await using registry = await startFakeRegistry(contents);
    const digest = digestOf(image.manifest);
    for (const reference of [`team/app@${digest}`, `team/app:other@${digest}`])
      assert.equal((await open(registry, { reference })).digest, digest);
  });

  test('asks for what it reads, and says who it is', async () => {
    await using registry = await startFakeRegistry(contents);
    await open(registry);
    const [manifest] = registry.seen.filter(({ path }) => path.includes('/manifests/'));
    assert.match(manifest?.headers['user-agent'] ?? '', /^plimsoll\/\d/);
    assert.match(manifest?.headers.accept ?? '', /oci\.image\.index.*manifest\.list/);
    assert.equal(manifest?.headers.authorization, undefined);
  });

  test('foreign layers are left out with a problem, the others keep their diffIDs', async () => {
    const { config, layers, ...rest } = JSON.parse(image.manifest.toString());
    const foreign = {
      ...layers[0],
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      urls: ['https://example.invalid/x'],
    };
    const tags = new Map([['latest', json({ ...rest, config, layers: [foreign, layers[1]] })]]);
    await using registry = await startFakeRegistry({ ...contents, tags });
    const opened = await open(registry);
    assert.deepEqual(
      opened.problems.map(({ code, where }) => [code, where.layer]),
      [['foreign-layer', image.layers[0]?.diffId]],
    );
    assert.deepEqual(
      opened.layers.map(({ index, diffId }) => [index, diffId]),
      [[1, big.diffId]],
    );
  });
});

describe('an index', () => {
  const arm = buildImage([{ members: [file('arm')] }], { architecture: 'arm64' });
  const entry = (bytes: Buffer, platform: object | undefined, mediaType = manifestType) => ({
    mediaType,
    digest: digestOf(bytes),
    size: bytes.length,
    platform,
  });
  const inner = json({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [entry(arm.manifest, { os: 'linux', architecture: 'arm64' })],
  });
  const outer = json({
    schemaVersion: 2,
    mediaType: indexType,
    manifests: [
      entry(image.manifest, { os: 'linux', architecture: 'amd64' }),
      entry(inner, { os: 'linux', architecture: 'arm64' }, indexType),
      entry(json({ attestation: true }), { os: 'unknown', architecture: 'unknown' }),
    ],
  });
  const blobs = new Map([...image.blobs, ...arm.blobs, [digestOf(inner), inner], [digestOf(outer), outer]]);
  const indexed: Contents = { blobs, tags: new Map([['latest', outer]]) };

  test('gives the image of the platform, through an index within it', async () => {
    await using registry = await startFakeRegistry(indexed);
    const chosen = await open(registry, { platform: { os: 'linux', architecture: 'arm64' } });
    assert.equal(chosen.digest, digestOf(arm.manifest));
    const other = await open(registry, {
      platform: { os: 'linux', architecture: 'amd64' },
      reference: `app@${digestOf(outer)}`,
    });
    assert.equal(other.digest, digestOf(image.manifest));
  });

  test('without the platform says which there are', async () => {
    await using registry = await startFakeRegistry(indexed);
    const opening = open(registry, { platform: { os: 'windows', architecture: 'amd64' } });
    await assert.rejects(opening, { code: 'reference-unreadable', message: /It has: linux\/amd64, linux\/arm64\./ });
    await using single = await startFakeRegistry(contents);
    const wrong = open(single, { platform: { os: 'linux', architecture: 'arm64' } });
    await assert.rejects(wrong, { code: 'reference-unreadable', message: /is for linux\/amd64, not linux\/arm64/ });
  });

  test('that is its own entry ends', async () => {
    const tags = new Map([['latest', inner]]);
    const knot = json({ schemaVersion: 2, mediaType: indexType, manifests: [entry(inner, undefined, indexType)] });
    await using registry = await startFakeRegistry({ blobs: new Map([[digestOf(inner), knot]]), tags });
    await assert.rejects(open(registry, { platform: { os: 'linux', architecture: 'arm64' } }), { code: 'not-found' });
    await using liar = await startFakeRegistry({ blobs: new Map([[digestOf(arm.manifest), knot]]), tags });
    await assert.rejects(open(liar, { platform: { os: 'linux', architecture: 'arm64' } }), { code: 'digest-mismatch' });
  });
});

describe('logins', () => {
  const login = (entry: object) => writeFile(join(home, 'config.json'), JSON.stringify({ auths: entry }));
  const env = () => ({ HOME: home, DOCKER_CONFIG: home });
  const auth = Buffer.from('user:pass:word').toString('base64');

  /** A registry whose token server, `/token`, hands out `t1`, `t2` … to those that `allows` lets. */
  async function withTokens(allows: (header: string | undefined, body: string) => boolean, field = 'token') {
    let issued = 0;
    const registry = await startFakeRegistry(contents);
    const wants = requireToken(`http://${registry.host}/token`, () => `t${issued}`);
    registry.intercept = (request, response, count) => {
      if (!request.url?.startsWith('/token')) return wants(request, response, count);
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        if (allows(request.headers.authorization, body))
          response.end(JSON.stringify({ [field]: `t${++issued}`, expires_in: 300 }));
        else response.writeHead(401).end('{}');
      });
      return true;
    };
    return { registry, expire: () => issued++ };
  }

  test('a public image takes one anonymous token for all its requests', async () => {
    const { registry } = await withTokens((header) => header === undefined);
    await using _ = registry;
    const opened = await open(registry);
    await Promise.all(opened.layers.map(read));
    const tokens = registry.seen.filter(({ path }) => path.startsWith('/token'));
    assert.deepEqual(
      tokens.map(({ path }) => path),
      ['/token?service=fake&scope=repository%3Aapp%3Apull'],
    );
  });

  test('a token that has expired is replaced once for requests at the same time', async () => {
    const { registry, expire } = await withTokens(() => true, 'access_token');
    await using _ = registry;
    const opened = await open(registry);
    expire();
    await Promise.all([...opened.layers, ...opened.layers].map(read));
    assert.equal(registry.seen.filter(({ path }) => path.startsWith('/token')).length, 2);
  });

  test('a stored login is shown to the token server', async () => {
    const { registry } = await withTokens((header) => header === `Basic ${auth}`);
    await using _ = registry;
    await login({ [registry.host]: { auth } });
    await open(registry, { env: env() });
    const [token] = registry.seen.filter(({ path }) => path.startsWith('/token'));
    assert.match(token?.path ?? '', /account=user$/);
    for (const { path, headers } of registry.seen)
      if (path.startsWith('/v2/')) assert.doesNotMatch(headers.authorization ?? '', /Basic/);
  });

  test('an identity token is exchanged', async () => {
    const { registry } = await withTokens((header, body) => {
      const form = new URLSearchParams(body);
      return header === undefined && form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'r&1';
    });
    await using _ = registry;
    await login({ [registry.host]: { auth: Buffer.from('user:').toString('base64'), identitytoken: 'r&1' } });
    await open(registry, { env: env() });
  });

  test('a login that is refused, and one that is missing, say so', async () => {
    const { registry } = await withTokens(() => false);
    await using _ = registry;
    await login({ [registry.host]: { auth } });
    await assert.rejects(open(registry, { env: env() }), {
      code: 'unauthorized',
      message: /refuses the login that is stored.*docker login 127\.0\.0\.1:\d+.*config\.json was used/,
    });
    await assert.rejects(open(registry), {
      code: 'unauthorized',
      message: /refuses access without login.*No login is stored/,
    });
  });

  test('basic authentication', async () => {
    const basic: Intercept = (request, response) => {
      if (request.url === '/v2/' || request.headers.authorization === `Basic ${auth}`) return false;
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return true;
    };
    await using registry = await startFakeRegistry(contents, basic);
    await assert.rejects(open(registry), {
      code: 'unauthorized',
      message: /wants a user name and password.*No login is stored/,
    });
    await login({ [registry.host]: { username: 'user', password: 'pass:word' } });
    await read((await open(registry, { env: env() })).layers[0]);
    await login({ [registry.host]: { username: 'user', password: 'wrong' } });
    await assert.rejects(open(registry, { env: env() }), {
      code: 'unauthorized',
      message: /status 401.*config\.json was used/,
    });
  });

  test('blobs on another host get no login, and its challenge is not answered', async () => {
    await using storage = await startFakeRegistry(contents);
    const { registry } = await withTokens(() => true);
    await using _ = registry;
    await login({ [registry.host]: { auth }, [storage.host]: { auth } });
    const tokens = registry.intercept;
    registry.intercept = (request, response, count) => {
      const isBlob = request.url?.includes('/blobs/') && !tokens(request, response, count);
      if (isBlob) response.writeHead(307, { location: `http://${storage.host}${request.url}?sig=secret` }).end();
      return isBlob || response.writableEnded || tokens(request, response, count);
    };
    storage.intercept = (request, response) => {
      request.url = request.url?.replace(/\?.*/, '');
      if (request.url !== `/v2/app/blobs/${big.digest}`) return false;
      response.writeHead(401, { 'www-authenticate': `Bearer realm="http://${storage.host}/token"` }).end();
      return true;
    };
    const opened = await open(registry, { env: env() });
    assert.deepEqual(await read(opened.layers[0]), image.layers[0]?.blob);
    await assert.rejects(read(opened.layers[1]), { code: 'unauthorized' });
    assert.ok(storage.seen.length >= 3);
    for (const { path, headers } of storage.seen) {
      assert.equal(headers.authorization, undefined);
      assert.doesNotMatch(path, /^\/token/);
    }
  });
});

describe('a registry that fails', () => {
  test('with 429 is asked again when it says, with a note', async () => {
    const notes: string[] = [];
    const busy: Intercept = (_request, response, count) =>
      count === 1 && Boolean(response.writeHead(429, { 'retry-after': '1' }).end());
    await using registry = await startFakeRegistry(contents, at('/manifests/', busy));
    await open(registry, { onNote: (note) => notes.push(note) });
    assert.match(notes.join('\n'), /status 429\. Trying again in 1\.0 s/);
  });

  test('with 429 for long says when', async () => {
    await refuses(
      at('/manifests/', (_request, response) => Boolean(response.writeHead(429, { 'retry-after': '21600' }).end())),
      {
        code: 'network',
        message: /Try again in 21600 s, or log in/,
      },
    );
  });

  test('in the middle of a blob goes on from there', async () => {
    const breaking: Intercept = (request, response, count) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
      if (count > 3) return false;
      const range = { 'content-range': `bytes ${from}-${big.blob.length - 1}/${big.blob.length}` };
      response.writeHead(from > 0 ? 206 : 200, {
        'content-length': big.blob.length - from,
        ...(from > 0 ? range : {}),
      });
      sendAndBreak(response, big.blob.subarray(from, from + 70_000));
      return true;
    };
    await using registry = await startFakeRegistry(contents, at(big.digest, breaking));
    assert.deepEqual(await read((await open(registry)).layers[1]), big.blob);
    const ranges = registry.seen.filter(({ path }) => path.includes(big.digest)).map(({ headers }) => headers.range);
    assert.deepEqual(ranges, [undefined, 'bytes=70000-', 'bytes=140000-', 'bytes=210000-']);
  });

  test('in the middle of a blob and ignores ranges is read past what is known', async () => {
    const breaking: Intercept = (_request, response, count) => {
      response.writeHead(200, { 'content-length': big.blob.length });
      if (count < 3) sendAndBreak(response, big.blob.subarray(0, 100_000));
      else response.end(big.blob);
      return true;
    };
    await using registry = await startFakeRegistry(contents, at(big.digest, breaking));
    assert.deepEqual(await read((await open(registry)).layers[1]), big.blob);
  });

  test('in every blob is given up', async () => {
    const breaking: Intercept = (_request, response) => {
      response.writeHead(200, { 'content-length': big.blob.length });
      sendAndBreak(response, big.blob.subarray(0, 10));
      return true;
    };
    await using registry = await startFakeRegistry(contents, at(big.digest, breaking));
    const opened = await open(registry);
    await assert.rejects(read(opened.layers[1]), { code: 'network', message: /the connection broke/ });
    assert.equal(registry.seen.filter(({ path }) => path.includes(big.digest)).length, 5);
  });

  test('in the middle of a manifest is asked again', async () => {
    const breaking: Intercept = (_request, response, count) => {
      if (count > 1) return false;
      response.writeHead(200, { 'content-length': image.manifest.length });
      sendAndBreak(response, image.manifest.subarray(0, 10));
      return true;
    };
    await using registry = await startFakeRegistry(contents, at('/manifests/', breaking));
    assert.equal((await open(registry)).digest, digestOf(image.manifest));
  });

  test('to answer', async () => {
    const registry = await refuses(
      at('/manifests/', () => true),
      { code: 'network', message: /no answer within 0\.1 s/ },
      { timeoutMs: 100 },
    );
    assert.equal(registry.seen.filter(({ path }) => path.includes('/manifests/')).length, 2);
  });

  test('to go on with a blob', async () => {
    const stalling: Intercept = (_request, response) => response.write('x') || true;
    await using registry = await startFakeRegistry(contents, at(big.digest, stalling));
    const opened = await open(registry, { timeoutMs: 100 });
    await assert.rejects(read(opened.layers[1]), { code: 'network', message: /no more bytes within 0\.1 s/ });
  });

  test('stops when the user does', async () => {
    await using registry = await startFakeRegistry(
      contents,
      at('/manifests/', () => true),
    );
    const signal = AbortSignal.timeout(50);
    await assert.rejects(open(registry, { signal }), (error) => error === signal.reason);
  });

  test('that is not there', async () => {
    const opening = openRegistryImage(
      '127.0.0.1:1/app',
      { limits: defaultLimits, env: { HOME: home } },
      { backoffMs: 1 },
    );
    await assert.rejects(opening, { code: 'network', message: /127\.0\.0\.1:1.*nothing answers there/ });
  });
});

describe('a registry that lies', () => {
  const answer =
    (bytes: Buffer | string, headers: Record<string, string> = { 'content-type': manifestType }): Intercept =>
    (_request, response) =>
      Boolean(response.writeHead(200, headers).end(bytes));
  const digest = digestOf(image.manifest);
  const configPath = `/blobs/${digestOf(image.config)}`;

  const cases: [name: string, intercept: Intercept, expected: { code: string; message: RegExp }, options?: Options][] =
    [
      [
        'about a manifest by digest',
        at('/manifests/', answer(Buffer.concat([image.manifest, Buffer.from('\n')]))),
        { code: 'digest-mismatch', message: /its manifest is damaged/ },
        { reference: `app@${digest}` },
      ],
      [
        'about the digest of a tag',
        at('/manifests/', answer(image.manifest, { 'docker-content-digest': `sha256:${'0'.repeat(64)}` })),
        { code: 'digest-mismatch', message: /its manifest is damaged/ },
      ],
      [
        'with a digest that is none',
        at('/manifests/', answer(image.manifest, { 'docker-content-digest': 'sha256:x' })),
        { code: 'bad-answer', message: /states a digest that cannot be read/ },
      ],
      [
        'about what kind of document it is',
        at('/manifests/', answer(image.manifest, { 'content-type': `${indexType}; charset=utf-8` })),
        { code: 'bad-answer', message: /is an image index, but it is an image manifest/ },
      ],
      [
        'with a page',
        at('/manifests/', answer('<html>log in</html>', { 'content-type': 'text/html; charset=utf-8' })),
        { code: 'bad-answer', message: /HTML page/ },
      ],
      [
        'with a page that says it is JSON',
        at('/manifests/', answer('<html>')),
        { code: 'image-unreadable', message: /is no JSON/ },
      ],
      ['with nothing', at('/manifests/', answer('')), { code: 'image-unreadable', message: /is no JSON/ }],
      [
        'with half a manifest',
        at('/manifests/', answer(image.manifest.subarray(0, 50))),
        { code: 'image-unreadable', message: /is no JSON/ },
      ],
      [
        'about the configuration',
        at(configPath, answer(Buffer.alloc(image.config.length))),
        { code: 'digest-mismatch', message: /its configuration is damaged: its digest/ },
      ],
      [
        'with a short configuration',
        at(configPath, answer('{}')),
        { code: 'digest-mismatch', message: /it has 2 bytes/ },
      ],
      [
        'that the image is not there',
        at('/manifests/', (_request, response) =>
          Boolean(response.writeHead(404).end('{"errors":[{"code":"MANIFEST_UNKNOWN","message":"no\\u001b[2Jne"}]}')),
        ),
        { code: 'not-found', message: /status 404 \(MANIFEST_UNKNOWN: no \[2Jne\)\. Check name, tag and digest/ },
      ],
      [
        'with another status',
        at('/manifests/', (_request, response) => Boolean(response.writeHead(418).end('x'))),
        { code: 'bad-answer', message: /status 418/ },
      ],
      [
        'with a challenge of an unknown kind',
        at('/manifests/', (_request, response) =>
          Boolean(response.writeHead(401, { 'www-authenticate': 'Negotiate' }).end()),
        ),
        { code: 'unauthorized', message: /of a kind that is not known/ },
      ],
      [
        'about where tokens are',
        requireToken('file:///etc/passwd', () => 't'),
        { code: 'bad-answer', message: /must be an https address/ },
      ],
      [
        'with redirects without end',
        at('/manifests/', (_request, response) =>
          Boolean(response.writeHead(302, { location: '/v2/app/manifests/latest' }).end()),
        ),
        { code: 'bad-answer', message: /more than 10 times/ },
      ],
    ];
  for (const [name, intercept, expected, options] of cases)
    test(name, async () => void (await refuses(intercept, expected, options)));

  test('with a manifest of 2 GB that it announces', async () => {
    await refuses(
      at('/manifests/', (_request, response) => {
        response.writeHead(200, { 'content-length': String(2 ** 31), 'content-type': manifestType });
        sendForever(response);
        return true;
      }),
      { code: 'limit-exceeded', message: /2147483648 bytes where at most 4194304/ },
    );
  });

  test('with a manifest or configuration without end, of which little is read', async () => {
    for (const path of ['/manifests/', configPath]) {
      const sent = { bytes: 0 };
      const endless: Intercept = (_request, response) => {
        response.writeHead(200, { 'content-type': manifestType });
        sendForever(response, sent);
        return true;
      };
      await refuses(at(path, endless), {
        code: path === configPath ? 'digest-mismatch' : 'limit-exceeded',
        message: /more than/,
      });
      assert.ok(sent.bytes < 32 * 1024 * 1024, `${sent.bytes} bytes`);
    }
  });

  test('with a configuration that states 2 GB', async () => {
    const manifest = JSON.parse(image.manifest.toString());
    const tags = new Map([['latest', json({ ...manifest, config: { ...manifest.config, size: 2 ** 31 } })]]);
    await using registry = await startFakeRegistry({ ...contents, tags });
    await assert.rejects(open(registry), { code: 'limit-exceeded', message: /configuration has 2147483648 bytes/ });
  });

  test('about a layer: the reader that verifies finds out, an endless one ends', async () => {
    await using registry = await startFakeRegistry(contents);
    const opened = await open(registry);
    registry.intercept = at(big.digest, answer(Buffer.alloc(big.blob.length)));
    await assert.rejects(read(opened.layers[1]), { code: 'digest-mismatch' });
    registry.intercept = at(big.digest, (_request, response) => {
      sendForever(response);
      return true;
    });
    await assert.rejects(read(opened.layers[1]), { code: 'digest-mismatch', message: /more than the \d+ bytes/ });
  });
});
