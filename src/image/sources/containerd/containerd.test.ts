import assert from 'node:assert/strict';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { contentOf, contractPaths } from '../../../../test/images/opened-image.ts';
import { PlimsollError } from '../../../base/errors.ts';
import { defaultLimits } from '../../../base/limits.ts';
import { openImage } from '../index.ts';
import { containerdImageMissing, imagesOfName } from './find-image.ts';
import { findContainerdRoots, rootIn } from './roots.ts';
import { contentIn, readContainerdStore } from './store.ts';
import type { ContainerdImage } from './stored-images.ts';

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-containerd-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const testdata = join(import.meta.dirname, 'testdata');
const bolt = join(import.meta.dirname, '../../../base/bytes/bolt/testdata');
const meta = gunzipSync(readFileSync(join(bolt, 'meta.db.gz')));
const digest = 'sha256:13e1d3a33222d63f492d2fa5098881d22998e68c62682d8a4df922cc0116dc68';
const configHex = 'c817197bed0d69c2d8c54966b97696979c2216d8cfba11c3370eb629f429a850';
const root = makeStore('whole');

function makeStore(name: string, bytes = meta): string {
  const path = join(folder, name);
  cpSync(join(testdata, 'blobs'), join(contentIn(path), 'blobs'), { recursive: true });
  mkdirSync(join(path, 'io.containerd.metadata.v1.bolt'));
  writeFileSync(join(path, 'io.containerd.metadata.v1.bolt', 'meta.db'), bytes);
  return path;
}

function open(name: string, env: NodeJS.ProcessEnv = {}) {
  return openImage(name, { limits: defaultLimits, env: { PLIMSOLL_CONTAINERD_ROOT: root, ...env } });
}

test('the images are those that ctr lists', async () => {
  const { images, damage } = await readContainerdStore(root);
  assert.equal(damage, undefined);
  const rows = images.map(({ namespace, name, target }) =>
    [namespace, name, target.mediaType, target.digest].join('\t'),
  );
  assert.deepEqual(rows.sort(), readFileSync(join(bolt, 'images.tsv'), 'utf8').trimEnd().split('\n').sort());
  assert.deepEqual(new Set(images.map(({ target }) => target.size)), new Set([705]));
});

for (const [name, namespace] of [
  ['alpine:3.20'],
  ['docker.io/library/alpine:3.20'],
  ['index.docker.io/alpine:3.20'],
  ['example.org/app'],
  ['example.org/service/component-120:1.120'],
  [`alpine@${digest}`],
  [`docker.io/library/alpine:other@${digest}`],
  [digest],
  [digest.slice(7)],
  [digest.slice(7, 19)],
  ['app', 'moby'],
  ['example.org/team/pod', 'k8s.io'],
  [`sha256:${configHex}`, 'k8s.io'],
  [configHex.slice(0, 13), 'k8s.io'],
] as const)
  test(`containerd:${name} opens ${namespace ?? ''}`, async () => {
    await using opened = await open(
      `containerd:${name}`,
      namespace === undefined ? {} : { CONTAINERD_NAMESPACE: namespace },
    );
    assert.equal(opened.digest, digest);
    assert.equal(opened.reference, `containerd:${name}`);
    assert.ok(opened.layers.every(({ local, range }) => local && range?.path.startsWith(contentIn(root))));
    assert.deepEqual((await contentOf(opened)).paths, contractPaths);
  });

for (const [name, code, message, env] of [
  ['app', 'not-found', /has app in the namespace moby, not in default\. Name it: CONTAINERD_NAMESPACE=moby plimsoll/],
  [
    'alpine',
    'not-found',
    /no image alpine in the namespace default\. It has: docker\.io\/library\/alpine:3\.20, .* …\./,
  ],
  ['alpine', 'not-found', /its namespaces with images: default, k8s\.io, moby\./, { CONTAINERD_NAMESPACE: 'other' }],
  [`example.org/other@${digest}`, 'not-found', /has no image/],
  [digest.slice(7, 18), 'not-found', /has no image/],
  ['a b', 'reference-unreadable', /Write containerd:NAME/],
  ['//example.org/app', 'reference-unreadable', /looks like an image in a registry/],
  [
    'app',
    'reference-unreadable',
    /keeps no images in \/nowhere: .* PLIMSOLL_CONTAINERD_ROOT/,
    { PLIMSOLL_CONTAINERD_ROOT: '/nowhere' },
  ],
] as const)
  test(`refused: containerd:${name} ${JSON.stringify(env ?? {})}`, async () => {
    await assert.rejects(open(`containerd:${name}`, env), { code, message });
  });

test('without a scheme containerd is asked last, and what it has in part is told', async () => {
  const notes: string[] = [];
  const env = { PLIMSOLL_CONTAINERD_ROOT: root, DOCKER_HOST: 'unix:///nowhere', CONTAINER_HOST: 'unix:///nowhere' };
  const options = { limits: defaultLimits, offline: true, onNote: (note: string) => void notes.push(note), env };
  await using opened = await openImage('alpine:3.20', options);
  assert.equal(opened.reference, 'containerd:alpine:3.20');
  assert.match(
    notes.join(),
    /^alpine:3\.20 is taken from containerd in .*; registry:alpine:3\.20 would ask its registry\.$/,
  );
  await assert.rejects(openImage('alpine:9', options), /--offline touches no network/);
  const platform = { os: 'linux', architecture: 's390x' };
  await assert.rejects(openImage('alpine:3.20', { ...options, platform }), /--offline touches no network/);
  assert.match(notes.join(), /is for linux\/amd64, not linux\/s390x\..* The registry is asked instead\.$/);
});

test('blobs that are missing or changed are told with what to do', async () => {
  const part = makeStore('part');
  const env = { PLIMSOLL_CONTAINERD_ROOT: part };
  const blob = (hex: string) => join(contentIn(part), 'blobs/sha256', hex);
  await using whole = await open('containerd:alpine:3.20', env);
  const layer = whole.layers[0]!.descriptor!.digest.slice(7);
  for (const hex of [layer, configHex, digest.slice(7)]) {
    rmSync(blob(hex));
    await assert.rejects(open('containerd:alpine:3.20', env), {
      code: 'image-unreadable',
      message: new RegExp(
        `lacks the blob sha256:${hex}\\. .*ctr -n default content fetch docker\\.io/library/alpine:3\\.20\\.$`,
      ),
    });
  }
  writeFileSync(blob(digest.slice(7)), 'x'.repeat(705));
  await assert.rejects(open('containerd:alpine:3.20', env), { code: 'digest-mismatch' });
});

for (const [title, bytes, message] of [
  ['empty', Buffer.alloc(0), /list of images in .* is damaged \(it ends inside its first page\)/],
  ['no database', Buffer.alloc(9000, 'a'), /is damaged \(it is no bbolt database\)/],
  ['cut off', meta.subarray(0, 8192), /is damaged \(page \d+ is past its end\)/],
] as const)
  test(`a damaged meta.db is told: ${title}`, async () => {
    const env = { PLIMSOLL_CONTAINERD_ROOT: makeStore(title, bytes) };
    await assert.rejects(open('containerd:alpine:3.20', env), { code: 'image-unreadable', message });
    const notes: string[] = [];
    const options = { limits: defaultLimits, offline: true, onNote: (note: string) => void notes.push(note) };
    const nowhere = { DOCKER_HOST: 'unix:///nowhere', CONTAINER_HOST: 'unix:///nowhere' };
    await assert.rejects(openImage('alpine:3.20', { ...options, env: { ...env, ...nowhere } }), /--offline/);
    assert.match(notes.join(), message);
  });

test('a meta.db that is no file, or may not be read, is told', async () => {
  const path = join(folder, 'directory');
  mkdirSync(join(path, 'io.containerd.metadata.v1.bolt', 'meta.db'), { recursive: true });
  await assert.rejects(readContainerdStore(path), { code: 'image-unreadable', message: /is no regular file/ });
});

test('a store of root is told', { skip: process.getuid?.() === 0 && 'root may read everything' }, async () => {
  const path = makeStore('of root');
  chmodSync(path, 0);
  await assert.rejects(readContainerdStore(path), { code: 'unauthorized', message: /by root only/ });
  chmodSync(path, 0o755);
});

test('a store of the user is looked through beside the usual one', async () => {
  const home = join(folder, 'home');
  const own = makeStore(join('home', 'containerd'));
  assert.equal((await findContainerdRoots({ XDG_DATA_HOME: home }))[1], own);
  const env = { PLIMSOLL_CONTAINERD_ROOT: '', XDG_DATA_HOME: home };
  await using opened = await open('containerd:example.org/service/component-1:1.1', env);
  assert.equal(opened.digest, digest);
});

test('what is missing is told with a store that could not be looked through', async () => {
  const closed = new PlimsollError('unauthorized', 'That one is closed.');
  const error = containerdImageMissing([await readContainerdStore(root)], { name: 'b', namespace: 'default', closed });
  assert.match(error.message, /has no image b in the namespace default\..* in a registry\. That one is closed\.$/);
});

test('an id that is too short for one image is refused', () => {
  const image = (hex: string): ContainerdImage => ({
    kind: 'image',
    namespace: 'default',
    name: `example.org/${hex}:1`,
    target: { mediaType: '', digest: `sha256:${hex}`, size: 1 },
  });
  const images = ['a', 'b'].map((end) => image(end.padStart(64, '0')));
  assert.equal(imagesOfName(images, '0'.repeat(12)).length, 2);
  assert.equal(imagesOfName([...images, image('b'.padStart(64, '0'))], 'b'.padStart(64, '0')).length, 1);
});

for (const [toml, expected] of [
  ['version = 2\nroot = "/srv/containerd"\nstate = "/run"\n', '/srv/containerd'],
  ["  root='/srv/a b' # there\n", '/srv/a b'],
  ['#root = "/srv"\n', undefined],
  ['[plugins]\nroot = "/srv"\n', undefined],
  ['oom_score = 0\n[grpc]\n', undefined],
  ['', undefined],
] as const)
  test(`the root of ${JSON.stringify(toml)}`, () => assert.equal(rootIn(toml), expected));

test('a root that is set is the only one', async () => {
  assert.deepEqual(await findContainerdRoots({ PLIMSOLL_CONTAINERD_ROOT: '/srv' }), ['/srv']);
});
