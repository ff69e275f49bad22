// The registry client against a real registry: Debian's docker-registry, filled by skopeo.
import assert from 'node:assert/strict';
import { createHash, createPrivateKey, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { verifyBytes } from '../../src/base/bytes/verify.ts';
import { defaultLimits } from '../../src/base/limits.ts';
import type { Image } from '../../src/base/model/image.ts';
import { openRegistryImage } from '../../src/image/sources/registry.ts';
import type { OpenOptions } from '../../src/image/sources/source.ts';
import { buildImage, digestOf, file, json, layoutFiles, writeOciDir } from '../images/build-image.ts';
import { manifestType } from './fake-registry.ts';
import { login, makeIssuer, missingTools, type RealRegistry, startRealRegistry } from './real-registry.ts';

const missing = missingTools();
if (missing.length > 0)
  console.error(
    `\n*** SKIPPED: test/registry/real-registry.test.ts tests nothing, since ${missing.join(', ')} is not installed ***\n`,
  );
const skip = missing.length > 0 && `not installed: ${missing.join(', ')}`;

const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7919 + (index >> 8)) % 256));
const image = buildImage([
  { members: [file('etc/a', 'first')] },
  { members: [file('data', noise)], compression: 'none' },
  { members: [file('etc/b', 'third')], compression: 'zstd' },
]);
const arm = buildImage([{ members: [file('arm')] }], { architecture: 'arm64' });

let work = '';
let source = '';
before(async () => {
  work = await mkdtemp(join(tmpdir(), 'plimsoll-test-'));
  source = `oci:${writeOciDir(image, join(work, 'image'), '1.0')}:1.0`;
});
after(() => rm(work, { recursive: true, force: true }));

async function open({ host }: { host: string }, name: string, options: Partial<OpenOptions> = {}): Promise<Image> {
  return openRegistryImage(
    `${host}/${name}`,
    { limits: defaultLimits, env: { HOME: work }, ...options },
    { backoffMs: 1 },
  );
}

/** Every blob as skopeo pushed it, its digest verified. */
async function readAll(opened: Image): Promise<Buffer[]> {
  return Promise.all(
    opened.layers.map(async (layer) =>
      Buffer.concat(await Array.fromAsync(verifyBytes(layer.open(), layer.descriptor!, 'it'))),
    ),
  );
}

async function isRead(opened: Image): Promise<void> {
  assert.equal(opened.configDigest, digestOf(image.config));
  assert.deepEqual(
    await readAll(opened),
    image.layers.map(({ blob }) => blob),
  );
  await opened[Symbol.asyncDispose]();
}

describe('a real registry over plain http', { skip }, () => {
  let registry: RealRegistry;
  before(async () => {
    registry = await startRealRegistry();
    await registry.push(source, 'team/app:1.0', '--preserve-digests');
  });
  after(() => registry?.[Symbol.asyncDispose]());

  test('by tag and by digest', async () => {
    const byTag = await open(registry, 'team/app:1.0');
    assert.equal(byTag.digest, digestOf(image.manifest));
    await isRead(byTag);
    await isRead(await open(registry, `team/app@${digestOf(image.manifest)}`));
  });

  test("Docker's own format", async () => {
    const plain = buildImage([{ members: [file('a')] }, { members: [file('b')] }]);
    await registry.push(`oci:${writeOciDir(plain, join(work, 'two'), '1')}:1`, 'docker:2', '--format', 'v2s2');
    const opened = await open(registry, 'docker:2');
    assert.match(opened.layers[0]?.descriptor?.mediaType ?? '', /^application\/vnd\.docker\.image\.rootfs\.diff/);
    assert.deepEqual(
      await readAll(opened),
      plain.layers.map(({ blob }) => blob),
    );
  });

  test("Docker's schema 1 is refused by name", async () => {
    const plain = buildImage([{ members: [file('a')] }]);
    await registry.push(`oci:${writeOciDir(plain, join(work, 'plain'), '1')}:1`, 'old:1', '--format', 'v2s1');
    await assert.rejects(open(registry, 'old:1'), { code: 'image-unreadable', message: /schema 1.*Pull and push/ });
  });

  test('an index, by platform', async () => {
    const entry = ({ manifest }: typeof image, architecture: string) => ({
      mediaType: manifestType,
      digest: digestOf(manifest),
      size: manifest.length,
      platform: { os: 'linux', architecture },
    });
    const both = { ...image, blobs: new Map([...image.blobs, ...arm.blobs]) };
    const index = json({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [entry(image, 'amd64'), entry(arm, 'arm64')],
    });
    both.blobs.set(digestOf(index), index);
    const folder = writeOciDir(both, join(work, 'both'), '1');
    const top = JSON.parse(layoutFiles(both, '1').get('index.json')!.toString());
    Object.assign(top.manifests[0], {
      mediaType: 'application/vnd.oci.image.index.v1+json',
      digest: digestOf(index),
      size: index.length,
    });
    await writeFile(join(folder, 'index.json'), json(top));
    await registry.push(`oci:${folder}:1`, 'multi:1', '--all', '--preserve-digests');
    const chosen = await open(registry, 'multi:1', { platform: { os: 'linux', architecture: 'arm64' } });
    assert.equal(chosen.digest, digestOf(arm.manifest));
    await isRead(await open(registry, 'multi:1', { platform: { os: 'linux', architecture: 'amd64' } }));
    await assert.rejects(open(registry, 'multi:1', { platform: { os: 'linux', architecture: 's390x' } }), {
      message: /It has: linux\/amd64, linux\/arm64/,
    });
  });

  test('what is not there', async () => {
    await assert.rejects(open(registry, 'team/app:none'), {
      code: 'not-found',
      message: /team\/app:none.*MANIFEST_UNKNOWN/,
    });
    await assert.rejects(open(registry, 'none:1'), { code: 'not-found', message: /none:1/ });
  });

  test('a registry that ends while a layer is read is an error', async () => {
    const short = await startRealRegistry();
    await short.push(source, 'app:1');
    const opened = await open(short, 'app:1');
    await short[Symbol.asyncDispose]();
    await assert.rejects(readAll(opened), { code: 'network', message: /layer sha256:|127\.0\.0\.1/ });
  });
});

describe('a real registry with basic authentication', { skip }, () => {
  let registry: RealRegistry;
  before(async () => {
    registry = await startRealRegistry({ password: true });
    await registry.push(source, 'app:1', '--preserve-digests');
  });
  after(() => registry?.[Symbol.asyncDispose]());

  const withLogin = async (username: string, password: string) => {
    const auth = Buffer.from(`${username}:${password}`).toString('base64');
    await writeFile(join(registry.folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
    return { env: { HOME: work, DOCKER_CONFIG: registry.folder } };
  };

  test('takes the stored login, and no other', async () => {
    await isRead(await open(registry, 'app:1', await withLogin(login.username, login.password)));
    await assert.rejects(open(registry, 'app:1', await withLogin(login.username, 'wrong')), {
      code: 'unauthorized',
      message: /config\.json was used/,
    });
    await assert.rejects(open(registry, 'app:1'), {
      code: 'unauthorized',
      message: /docker login 127\.0\.0\.1:\d+.*No login is stored/,
    });
  });
});

describe('a real registry over TLS', { skip }, () => {
  let registry: RealRegistry;
  before(async () => {
    registry = await startRealRegistry({ tls: true, password: true });
    await registry.push(source, 'app:1', '--preserve-digests');
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64');
    await writeFile(join(registry.folder, 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth } } }));
  });
  after(() => registry?.[Symbol.asyncDispose]());

  test('needs its authority, and then only its name', async () => {
    const env = { HOME: work, DOCKER_CONFIG: registry.folder };
    await assert.rejects(open(registry, 'app:1', { env }), {
      code: 'network',
      message: /certificate is not trusted.*--registry-ca/,
    });
    await isRead(await open(registry, 'app:1', { env, registryCa: registry.caFile }));
    const other = { host: registry.host.replace('127.0.0.1', 'localhost') };
    await assert.rejects(open(other, 'app:1', { env, registryCa: registry.caFile }), {
      code: 'network',
      message: /for another host/,
    });
  });

  test('says what is wrong with the file of certificates', async () => {
    const path = join(work, 'ca.pem');
    for (const [text, message] of [
      ['', /no certificate in PEM/],
      ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', /cannot be used/],
      [' '.repeat(4 * 1024 * 1024 + 1), /more than/],
    ] as const) {
      await writeFile(path, text);
      await assert.rejects(open(registry, 'app:1', { registryCa: path }), { code: 'usage', message });
    }
    await assert.rejects(open(registry, 'app:1', { registryCa: join(work, 'none') }), {
      code: 'usage',
      message: /ENOENT/,
    });
  });
});

describe('a real registry with tokens', { skip }, () => {
  test('takes the token of the server that it names', async () => {
    const { certificate, key } = await makeIssuer();
    const asked: URL[] = [];
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      asked.push(url);
      response.end(JSON.stringify({ token: makeToken(url.searchParams.get('scope') ?? '', certificate, key) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const realm = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
    try {
      await using registry = await startRealRegistry({
        token: { realm, service: 'fleet', issuer: 'port', certificate },
      });
      await registry.push(source, 'team/app:1', '--preserve-digests');
      asked.length = 0;
      await isRead(await open(registry, 'team/app:1'));
      assert.deepEqual(
        asked.map(({ search }) => search),
        ['?service=fleet&scope=repository%3Ateam%2Fapp%3Apull'],
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

/** https://distribution.github.io/distribution/spec/auth/jwt/ */
function makeToken(scope: string, certificate: string, key: string): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const [type, name, actions = ''] = scope.split(':');
  const now = Math.floor(Date.now() / 1000);
  const der = certificate.replace(/-----[^-]+-----|\s/g, '');
  const header = encode({ typ: 'JWT', alg: 'RS256', x5c: [der] });
  const claims = encode({
    iss: 'port',
    sub: '',
    aud: 'fleet',
    nbf: now - 60,
    iat: now - 60,
    exp: now + 300,
    jti: createHash('sha256').update(scope).digest('hex'),
    access: type === 'repository' ? [{ type, name, actions: actions.split(',') }] : [],
  });
  const signature = sign('sha256', Buffer.from(`${header}.${claims}`), createPrivateKey(key)).toString('base64url');
  return `${header}.${claims}.${signature}`;
}
